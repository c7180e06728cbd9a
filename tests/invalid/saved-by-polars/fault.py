"""A table was opened in polars and saved again, with its own types of text."""

from pathlib import Path

import polars as pl


def damage(folder: Path) -> None:
    path = folder / "relations" / "train.parquet"
    pl.read_parquet(path, hive_partitioning=False).write_parquet(path)
