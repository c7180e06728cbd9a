"""The rows of a file are in another order than that of a build."""

from pathlib import Path

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    edit_file(folder, "spans/train.parquet", lambda table: table[::-1])
    reindex(folder)
