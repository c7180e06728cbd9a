"""A file was edited after the index was written."""

from pathlib import Path

import pyarrow.parquet as pq

from newspan.corpus.layout import ENTITY_SPLIT


def damage(folder: Path) -> None:
    path = folder / "entities" / f"{ENTITY_SPLIT}.parquet"
    table = pq.read_table(path)
    names = ["Somebody", *table["name"].to_pylist()[1:]]
    changed = table.set_column(table.schema.get_field_index("name"), "name", [names])
    pq.write_table(changed.cast(table.schema), path)
