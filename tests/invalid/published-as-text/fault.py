"""Times became text."""

from pathlib import Path

import pyarrow as pa

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    def spelt(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index("published")
        return table.set_column(at, "published", [[str(v) for v in table["published"].to_pylist()]])

    edit_file(folder, "articles/test.parquet", spelt)
    reindex(folder)
