"""A file is cut off in the middle."""

from pathlib import Path


def damage(folder: Path) -> None:
    path = folder / "spans" / "test.parquet"
    path.write_bytes(path.read_bytes()[:-100])
