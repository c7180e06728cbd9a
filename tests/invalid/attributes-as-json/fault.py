"""The attributes of a layer became JSON in a string."""

import json
from pathlib import Path

import pyarrow as pa

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    def dumped(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index("quote")
        return table.set_column(at, "quote", [[json.dumps(v) for v in table["quote"].to_pylist()]])

    edit_file(folder, "spans/test.parquet", dumped)
    reindex(folder)
