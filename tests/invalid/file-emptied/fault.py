"""A file has no bytes, since the disk was full."""

from pathlib import Path


def damage(folder: Path) -> None:
    (folder / "claims" / "test.parquet").write_bytes(b"")
