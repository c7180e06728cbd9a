"""A file was written again with other settings, its rows unchanged."""

from pathlib import Path

import pyarrow.parquet as pq

from newspan.corpus.layout import ENTITY_SPLIT


def damage(folder: Path) -> None:
    path = folder / "entities" / f"{ENTITY_SPLIT}.parquet"
    pq.write_table(pq.read_table(path), path, compression="none")
