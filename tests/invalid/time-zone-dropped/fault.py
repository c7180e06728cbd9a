"""Times lost their zone."""

from pathlib import Path

import pyarrow as pa

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    def local(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index("published")
        return table.set_column(at, "published", table["published"].cast(pa.timestamp("us")))

    edit_file(folder, "articles/test.parquet", local)
    reindex(folder)
