"""A data frame left its row numbers in the file."""

from pathlib import Path

import pyarrow as pa

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    def numbered(table: pa.Table) -> pa.Table:
        return table.append_column("__index_level_0__", pa.array(range(table.num_rows)))

    edit_file(folder, "claims/test.parquet", numbered)
    reindex(folder)
