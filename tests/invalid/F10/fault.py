"""A split without rows has a file."""

from pathlib import Path

import pyarrow.parquet as pq

from validation.small_corpus import reindex


def damage(folder: Path) -> None:
    path = folder / "claims" / "test.parquet"
    pq.write_table(pq.read_table(path)[:0], path)
    reindex(folder)
