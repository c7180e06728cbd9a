"""The gate: what is cheap to see about the files of a corpus, before anything heavy is loaded.

Every Parquet file is read once, its page checksums verified, and compared with the model's
schema and with `index.json`. What is wrong stands in columns of the `files` table, one
column a check, null where all is well, so that the suite `files` can report it either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from newspan.corpus.layout import CANONICAL, DERIVED, INDEX, tables_folder
from newspan.errors import Fault, NewspanError
from newspan.validation.corpus_files import (
    BLOCKING,
    FACTS,
    absent_companions,
    expected_schema,
    look,
    read_index,
    table_files,
)
from newspan.validation.memory import lean_memory
from newspan.validation.readings import READINGS

__all__ = ["FILE_SPLIT", "Gate", "corpus_folder", "inspect", "unfiled"]

FILE_SPLIT = "file_split"
"""Column added to every table: the split that the name of its file states."""


class Gate(NamedTuple):
    """What the gate found."""

    folder: Path
    files: pa.Table
    """One row a file. The columns named in `PROBLEMS` are null, or say what is wrong."""
    tables: dict[str, pa.Table]
    """All tables, with the column FILE_SPLIT; a table without a file is empty."""
    readings: pa.Table = READINGS.empty_table()
    """What reading documents came to; empty where tables are read."""

    @property
    def blocked(self) -> bool:
        """Whether a file is missing, unreadable or of another schema."""
        return any(self.files[name].null_count < self.files.num_rows for name in BLOCKING)


def corpus_folder(path: Path) -> Path:
    """The folder of Parquet tables that a path means: itself, or the one in a checkout.

    Raises NewspanError where there is neither a table nor an index.
    """
    if not path.is_dir():
        raise NewspanError(Fault("is no folder.", "Name a folder of tables or a checkout.", path))
    folder = path if (path / INDEX).is_file() else tables_folder(path)
    if not (folder / INDEX).is_file() and not any(table_files(folder)):
        raise NewspanError(
            Fault("holds no corpus: neither index.json nor articles/*.parquet.",
                  "Run `newspan build`, or name another folder.", folder)
        )  # fmt: skip
    return folder


@lean_memory()
def inspect(folder: Path) -> Gate:
    """Look at every Parquet file of a corpus folder and at its index."""
    index, facts = read_index(folder)
    parts: dict[str, list[pa.Table]] = {}
    present = {str(p.relative_to(folder).as_posix()): p for p in table_files(folder)}
    for name in sorted({*present, *(index.files if index else {})}):
        row, table = look(name, present.get(name), index)
        facts.append(row)
        if table is not None:
            split = pa.repeat(pa.scalar(row["split"]), table.num_rows)
            parts.setdefault(row["table"], []).append(table.append_column(FILE_SPLIT, split))
    facts += absent_companions(facts)
    files = pa.Table.from_pylist(facts, schema=FACTS)
    gate = Gate(folder, files, {})
    if gate.blocked:
        return gate
    known = CANONICAL + DERIVED
    made = {t: _joined(parts.get(t, []), expected_schema(t)) for t in known}
    return gate._replace(tables=made)


def unfiled(place: Path, found: Mapping[str, pa.Table], readings: pa.Table) -> Gate:
    """A gate over tables that stand in no Parquet files; a table that is not given is empty."""
    made = {name: _joined([], expected_schema(name)) for name in CANONICAL + DERIVED}
    for name, table in found.items():
        known = "split" in table.schema.names
        split = table["split"] if known else pa.nulls(table.num_rows, pa.string())
        made[name] = table.replace_schema_metadata(None).append_column(FILE_SPLIT, split)
    return Gate(place, FACTS.empty_table(), made, readings)


def _joined(parts: list[pa.Table], schema: pa.Schema | None) -> pa.Table:
    if not parts and schema is not None:
        return schema.append(pa.field(FILE_SPLIT, pa.string())).empty_table()
    return pa.concat_tables([p.replace_schema_metadata(None) for p in parts])
