"""One file says that it was written with a later version of the schema."""

from pathlib import Path

import pyarrow as pa

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    def dated(table: pa.Table) -> pa.Table:
        return table.replace_schema_metadata({"newspan.schema_version": "2.0"})

    edit_file(folder, "spans/test.parquet", dated)
    reindex(folder)
