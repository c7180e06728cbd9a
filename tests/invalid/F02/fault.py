"""Offsets became floating-point numbers, as they do where a null slipped in."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from validation.small_corpus import reindex


def damage(folder: Path) -> None:
    path = folder / "spans" / "test.parquet"
    table = pq.read_table(path)
    start = table.column("start").cast(pa.float64())
    pq.write_table(table.set_column(table.schema.get_field_index("start"), "start", start), path)
    reindex(folder)
