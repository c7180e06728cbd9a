"""A file was written again with other settings, its rows unchanged."""

from pathlib import Path

import pyarrow.parquet as pq


def damage(folder: Path) -> None:
    path = folder / "entities" / "all.parquet"
    pq.write_table(pq.read_table(path), path, compression="none")
