"""The gate: what is cheap to see about the files of a corpus, before anything heavy is loaded.

Every Parquet file is read once, its page checksums verified, and compared with the model's
schema and with `index.json`. What is wrong stands in columns of the `files` table, one
column a check, null where all is well, so that the suite `files` can report it either way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa

from newspan.corpus.derived import derived_schema, documents_table
from newspan.corpus.layout import (
    CANONICAL,
    DERIVED,
    ENTITY_SPLIT,
    INDEX,
    SPLITS,
    tables_folder,
)
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_json
from newspan.formats.parquet_files import content_digest, read_table
from newspan.schema.arrow import article_schema, entity_schema, relation_schema, span_schema
from newspan.schema.model import SCHEMA_VERSION
from newspan.schema.tables import tables
from newspan.validation.memory import lean_memory
from newspan.validation.readings import READINGS

__all__ = ["BLOCKING", "DERIVED_WORDS", "Gate", "corpus_folder", "inspect", "unfiled"]

BLOCKING = ("unreadable", "schema_difference", "missing")
"""Columns of `files`: with one of these filled there is nothing sound to look at further."""
PROBLEMS = (
    *BLOCKING, "row_difference", "content_difference", "byte_difference", "unlisted",
    "misplaced", "version_problem", "empty",
)  # fmt: skip
DERIVED_WORDS: dict[str, tuple[str, ...]] = {
    "documents": ("title", "text"),
    "quotations": ("text", "sentence", "cue", "source", "outer_source"),
    "claims": ("text", "sentence", "counted", "source", "outer_source", "place"),
    "places": ("text", "sentence"),
}
"""Derived table to its columns that hold words of the article; with id and origin, they are
all that is kept of it once it has been compared with the index."""
FILE_SPLIT = "file_split"
"""Column added to every table: the split that the name of its file states."""

_FACTS = pa.schema(
    [
        ("path", pa.string()),
        ("table", pa.string()),
        ("split", pa.string()),
        ("rows", pa.int64()),
        ("rows_expected", pa.int64()),
        ("sha256", pa.string()),
        ("sha256_expected", pa.string()),
        *((name, pa.string()) for name in PROBLEMS),
    ]
)


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


class _Entry(msgspec.Struct):
    sha256: str
    rows: int
    content_sha256: str | None = None


class _Index(msgspec.Struct):
    schema_version: str
    files: dict[str, _Entry]


def corpus_folder(path: Path) -> Path:
    """The folder of Parquet tables that a path means: itself, or the one in a checkout.

    Raises NewspanError where there is neither a table nor an index.
    """
    if not path.is_dir():
        raise NewspanError(Fault("is no folder.", "Name a folder of tables or a checkout.", path))
    folder = path if (path / INDEX).is_file() else tables_folder(path)
    if not (folder / INDEX).is_file() and not any(_found(folder)):
        raise NewspanError(
            Fault("holds no corpus: neither index.json nor articles/*.parquet.",
                  "Run `newspan build`, or name another folder.", folder)
        )  # fmt: skip
    return folder


@lean_memory()
def inspect(folder: Path) -> Gate:
    """Look at every Parquet file of a corpus folder and at its index."""
    index, facts = _read_index(folder)
    parts: dict[str, list[pa.Table]] = {}
    present = {str(p.relative_to(folder).as_posix()): p for p in _found(folder)}
    for name in sorted({*present, *(index.files if index else {})}):
        row, table = _look(name, present.get(name), index)
        facts.append(row)
        if table is not None:
            split = pa.repeat(pa.scalar(row["split"]), table.num_rows)
            parts.setdefault(row["table"], []).append(table.append_column(FILE_SPLIT, split))
    facts += _absent_companions({row["path"] for row in facts})
    files = pa.Table.from_pylist(facts, schema=_FACTS)
    gate = Gate(folder, files, {})
    if gate.blocked:
        return gate
    known = CANONICAL + DERIVED
    made = {t: _joined(parts.get(t, []), _expected_schema(t)) for t in known}
    return gate._replace(tables=made)


def unfiled(place: Path, found: Mapping[str, pa.Table], readings: pa.Table) -> Gate:
    """A gate over tables that stand in no Parquet files; a table that is not given is empty."""
    made = {name: _joined([], _expected_schema(name)) for name in CANONICAL + DERIVED}
    for name, table in found.items():
        known = "split" in table.schema.names
        split = table["split"] if known else pa.nulls(table.num_rows, pa.string())
        made[name] = table.replace_schema_metadata(None).append_column(FILE_SPLIT, split)
    return Gate(place, _FACTS.empty_table(), made, readings)


def _found(folder: Path) -> Iterator[Path]:
    yield from sorted(p for p in folder.glob("*/*.parquet") if not p.name.startswith("."))


def _joined(parts: list[pa.Table], schema: pa.Schema | None) -> pa.Table:
    if not parts and schema is not None:
        return schema.append(pa.field(FILE_SPLIT, pa.string())).empty_table()
    return pa.concat_tables([p.replace_schema_metadata(None) for p in parts])


def _read_index(folder: Path) -> tuple[_Index | None, list[dict[str, Any]]]:
    """The index, and a row of `files` that says what is wrong with it."""
    path = folder / INDEX
    if not path.is_file():
        return None, []
    row: dict[str, Any] = {"path": INDEX, "table": "index"}
    try:
        index = msgspec.convert(read_json(path), _Index)
    except DocumentError as error:
        return None, [row | {"unreadable": error.faults[0].message}]
    except msgspec.ValidationError as error:
        return None, [row | {"unreadable": f"is no index: {error}."}]
    return index, [row | {"version_problem": _version_problem(index.schema_version)}]


def _look(
    name: str, path: Path | None, index: _Index | None
) -> tuple[dict[str, Any], pa.Table | None]:
    """A row of `files`, and the table if it could be read and has the right schema."""
    folder, _, file = name.partition("/")
    entry = index.files.get(name) if index else None
    row: dict[str, Any] = {
        "path": name,
        "table": folder,
        "split": file.removesuffix(".parquet"),
        "rows_expected": entry.rows if entry else None,
        "sha256_expected": entry.sha256 if entry else None,
        "unlisted": "not in index.json" if index and entry is None else None,
        "misplaced": _misplaced(folder, file.removesuffix(".parquet")),
    }
    if path is None:
        return row | {"missing": "listed in index.json"}, None
    with path.open("rb") as stream:
        row["sha256"] = hashlib.file_digest(stream, "sha256").hexdigest()
    try:
        table = read_table(path)
    except DocumentError as error:
        return row | {"unreadable": error.faults[0].message}, None
    row |= {
        "rows": table.num_rows,
        "empty": "has no rows" if table.num_rows == 0 else None,
        "schema_difference": _schema_difference(table.schema, _expected_schema(folder)),
        "version_problem": _stated_version_problem(table.schema),
        **(_differences(entry, table, row["sha256"]) if entry else {}),
    }
    usable = row["schema_difference"] is None and row["misplaced"] is None
    kept = ["id", "origin", *DERIVED_WORDS[folder]] if folder in DERIVED_WORDS else None
    return row, (table.select(kept) if kept else table) if usable else None


def _differences(entry: _Entry, table: pa.Table, sha256: str) -> dict[str, str | None]:
    """What is not as the index says. Bytes alone differ after a rewrite of the same rows."""
    same_bytes = sha256 == entry.sha256
    same_content = entry.content_sha256 in (None, content_digest(table))
    if entry.content_sha256 is None:
        same_content = same_bytes
    return {
        "row_difference": None
        if table.num_rows == entry.rows
        else f"{table.num_rows} rows, {entry.rows} listed",
        "content_difference": None if same_content else "not the rows that index.json lists",
        "byte_difference": "same rows, other bytes" if same_content and not same_bytes else None,
    }


def _misplaced(table: str, split: str) -> str | None:
    if table not in CANONICAL + DERIVED:
        return None
    allowed = (ENTITY_SPLIT,) if table == "entities" else SPLITS
    return None if split in allowed else f"no reader looks there; files are {', '.join(allowed)}"


def _absent_companions(paths: set[str]) -> Iterator[dict[str, Any]]:
    """Rows for files that others cannot do without: articles of spans, spans of relations."""
    needs = {"spans": "articles", "relations": "spans"} | dict.fromkeys(DERIVED, "articles")
    for table, needed in needs.items():
        for split in SPLITS:
            name = f"{needed}/{split}.parquet"
            if f"{table}/{split}.parquet" in paths and name not in paths:
                paths.add(name)
                yield {"path": name, "table": needed, "split": split,
                       "missing": f"{table}/{split}.parquet needs it"}  # fmt: skip


@cache
def _expected_schema(table: str) -> pa.Schema | None:
    """The schema of a table, None for a table that the model does not know."""
    if table in ("quotations", "claims", "places"):
        return derived_schema(table)
    made: dict[str, Callable[[], pa.Schema]] = {
        "articles": article_schema,
        "spans": span_schema,
        "relations": relation_schema,
        "entities": entity_schema,
        "documents": lambda: documents_table(tables([])).schema,
    }
    return made[table]() if table in made else None


def _schema_difference(found: pa.Schema, expected: pa.Schema | None) -> str | None:
    """How a schema differs from the model's in names, order or types; None where it does not."""
    if expected is None:
        return None
    lacking = [n for n in expected.names if n not in found.names]
    extra = [n for n in found.names if n not in expected.names]
    said = [f"lacks {', '.join(lacking)}"] if lacking else []
    said += [f"has also {', '.join(extra)}"] if extra else []
    said += [
        f"{field.name} is {found.field(field.name).type}, not {field.type}"
        for field in expected
        if found.names.count(field.name) == 1 and found.field(field.name).type != field.type
    ]
    if not said and found.names != expected.names:
        said = [f"columns are in the order {', '.join(found.names)}"]
    return "; ".join(said) or None


def _stated_version_problem(schema: pa.Schema) -> str | None:
    stated = (schema.metadata or {}).get(b"newspan.schema_version")
    return None if stated is None else _version_problem(stated.decode("utf-8", "replace"))


def _version_problem(stated: str) -> str | None:
    """Why a schema version cannot be read: another major step, or a later minor one."""
    major, _, minor = stated.partition(".")
    own_major, _, own_minor = SCHEMA_VERSION.partition(".")
    known = major == own_major and minor.isdigit() and int(minor) <= int(own_minor)
    return None if known else f"schema {stated}; this package reads {SCHEMA_VERSION}"
