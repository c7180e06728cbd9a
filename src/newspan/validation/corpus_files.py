"""What is to be seen of each file of a corpus: its rows, schema and digest, beside the index.

What is wrong stands in columns of the `files` table, one column a check, null where all is
well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from newspan.corpus.derived import derived_schema, documents_table
from newspan.corpus.layout import CANONICAL, DERIVED, ENTITY_SPLIT, INDEX, SPLITS
from newspan.errors import DocumentError
from newspan.files import is_there, read_json
from newspan.formats.parquet_files import content_digest, read_table
from newspan.schema.arrow import article_schema, entity_schema, relation_schema, span_schema
from newspan.schema.tables import tables
from newspan.schema.versions import version_problem

__all__ = ["BLOCKING", "DERIVED_WORDS", "FACTS", "PROBLEMS", "Index", "absent_companions",
           "expected_schema", "look", "read_index", "table_files"]  # fmt: skip

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
FACTS = pa.schema(
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


class _Entry(msgspec.Struct):
    sha256: str
    rows: int
    content_sha256: str | None = None


class Index(msgspec.Struct):
    """What `index.json` says of the files."""

    schema_version: str
    files: dict[str, _Entry]


def table_files(folder: Path) -> Iterator[Path]:
    """The Parquet files of a corpus folder, sorted."""
    yield from sorted(p for p in folder.glob("*/*.parquet") if not p.name.startswith("."))


def read_index(folder: Path) -> tuple[Index | None, list[dict[str, Any]]]:
    """The index, and a row of `files` that says what is wrong with it."""
    path = folder / INDEX
    if not is_there(path):
        return None, []
    row: dict[str, Any] = {"path": INDEX, "table": "index"}
    if not path.is_file():
        return None, [row | {"unreadable": "is no regular file."}]
    try:
        index = msgspec.convert(read_json(path), Index)
    except DocumentError as error:
        return None, [row | {"unreadable": error.faults[0].message}]
    except msgspec.ValidationError as error:
        return None, [row | {"unreadable": f"is no index: {error}."}]
    return index, [row | {"version_problem": version_problem(index.schema_version)}]


def look(
    name: str, path: Path | None, index: Index | None
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
    if not path.is_file():
        return row | {"unreadable": "is no regular file."}, None
    try:
        with path.open("rb") as stream:
            row["sha256"] = hashlib.file_digest(stream, "sha256").hexdigest()
        table = read_table(path)
    except DocumentError as error:
        return row | {"unreadable": error.faults[0].message}, None
    except OSError as error:
        return row | {"unreadable": f"cannot be read: {error.strerror}."}, None
    row |= {
        "rows": table.num_rows,
        "empty": "has no rows" if table.num_rows == 0 else None,
        "schema_difference": _schema_difference(table.schema, expected_schema(folder)),
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


def absent_companions(facts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows for files that others cannot do without: articles of spans, spans of relations.

    Where no file holds an article there is nothing to check, which must not pass either.
    """
    found = list(_needed({str(row["path"]) for row in facts}))
    articles = [row for row in facts if row["table"] == "articles"]
    if not found and all(row.get("rows") == 0 for row in articles):
        found.append({"path": "articles", "table": "articles",
                      "missing": "no file holds an article"})  # fmt: skip
    return found


def _needed(paths: set[str]) -> Iterator[dict[str, Any]]:
    needs = {"spans": "articles", "relations": "spans"} | dict.fromkeys(DERIVED, "articles")
    for table, needed in needs.items():
        for split in SPLITS:
            name = f"{needed}/{split}.parquet"
            if f"{table}/{split}.parquet" in paths and name not in paths:
                paths.add(name)
                yield {"path": name, "table": needed, "split": split,
                       "missing": f"{table}/{split}.parquet needs it"}  # fmt: skip


@cache
def expected_schema(table: str) -> pa.Schema | None:
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
    return None if stated is None else version_problem(stated.decode("utf-8", "replace"))
