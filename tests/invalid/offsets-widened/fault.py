"""Offsets became 64-bit integers."""

from pathlib import Path

import pyarrow as pa

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    def widened(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index("start")
        return table.set_column(at, "start", table["start"].cast(pa.int64()))

    edit_file(folder, "spans/test.parquet", widened)
    reindex(folder)
