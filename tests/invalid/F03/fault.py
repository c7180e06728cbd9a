"""A file that the index lists is gone."""

from pathlib import Path


def damage(folder: Path) -> None:
    (folder / "claims" / "test.parquet").unlink()
