"""The index was written before an entity was renamed."""

from pathlib import Path

import pyarrow as pa

from validation.small_corpus import edit_file, read_index, write_index


def damage(folder: Path) -> None:
    old = read_index(folder)

    def renamed(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index("name")
        return table.set_column(
            at, "name", pa.array([*table["name"].to_pylist()[:-1], "Strelland"])
        )

    edit_file(folder, "entities/full.parquet", renamed)
    write_index(folder, old)
