"""A file is a pointer that Git LFS has not replaced."""

from pathlib import Path


def damage(folder: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    (folder / "spans" / "train.parquet").write_text(pointer, encoding="utf-8")
