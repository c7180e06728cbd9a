"""Two columns changed places."""

from pathlib import Path

import pyarrow as pa

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    def swapped(table: pa.Table) -> pa.Table:
        return table.select(["article_id", "id", *table.column_names[2:]])

    edit_file(folder, "relations/test.parquet", swapped)
    reindex(folder)
