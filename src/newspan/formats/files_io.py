"""Reading and writing the files of our own formats, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_lines, write_chunks
from newspan.formats.json_stream import json_items
from newspan.formats.label_studio import tasks_of
from newspan.formats.parquet_files import parquet_bytes, read_table
from newspan.schema.arrow import relation_schema, span_schema
from newspan.schema.model import SPLITS
from newspan.schema.tables import Tables
from newspan.schema.versions import refuse_unreadable, stated_version
from newspan.swap import replace_folder

__all__ = [
    "folder_files", "read_folder", "read_lines", "read_tasks", "refuse_other_folder",
    "write_chunks", "write_folder", "write_tasks",
]  # fmt: skip

_NAMES = ("articles", "spans", "relations")


def read_tasks(path: Path) -> Iterator[Mapping[str, Any]]:
    """The tasks of a Label Studio JSON export, one at a time."""
    return (task for item in json_items(path) for task in tasks_of(item, path))


def write_tasks(tasks: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Label Studio tasks as one JSON list, a task a line."""
    write_chunks(_json_list(tasks), path)


def _json_list(items: Iterable[Any]) -> Iterator[bytes]:
    joint = b"[\n"
    for item in items:
        yield joint + msgspec.json.encode(item)
        joint = b",\n"
    yield b"\n]\n" if joint == b",\n" else b"[]\n"


def read_folder(path: Path) -> Tables:
    """The canonical tables of a folder, over all splits."""
    found = {}
    for name in _NAMES:
        files = [f for s in SPLITS if (f := path / name / f"{s}.parquet").is_file()]
        if files:
            tables = [read_table(file) for file in files]
            for file, table in zip(files, tables, strict=True):
                refuse_unreadable(stated_version(table.schema), file)
            found[name] = _joined(tables, path / name)
    if "articles" not in found:
        raise NewspanError(
            Fault("has no table articles.", "Name a folder of newspan tables.", path)
        )
    return Tables(
        _sorted(found["articles"], path),
        found.get("spans", span_schema().empty_table()),
        found.get("relations", relation_schema().empty_table()),
    )


def _sorted(articles: pa.Table, path: Path) -> pa.Table:
    if "id" not in articles.schema.names:
        raise DocumentError(
            Fault("its table articles has no column id.", "Name a folder of newspan tables.", path)
        )
    return articles.sort_by("id")


def _joined(tables: list[pa.Table], folder: Path) -> pa.Table:
    try:
        return pa.concat_tables(tables)
    except pa.ArrowException as error:
        raise DocumentError(
            Fault("its splits have different columns.", "Build them again together.", folder)
        ) from error


def refuse_other_folder(path: Path) -> None:
    """Raise NewspanError where a folder holds anything but the tables written here.

    They replace their folder whole; other tables, and somebody's files, must not go with it.
    """
    if path.is_dir():
        others = sorted(p.name for p in path.iterdir() if p.name not in _OURS)
        if others:
            raise NewspanError(
                Fault(
                    f"holds other things than {', '.join(_NAMES)}: {', '.join(others[:5])}.",
                    "Name a new folder.",
                    path,
                )
            )


_OURS = set(_NAMES)


def write_folder(native: Tables, path: Path) -> None:
    """The canonical tables as one Parquet file a split, in a folder made or replaced whole."""
    refuse_other_folder(path)
    replace_folder(path, folder_files(native))


def folder_files(native: Tables) -> dict[str, bytes]:
    """Path in a folder of tables to content: one Parquet file a table and split."""
    splits = pc.fill_null(native.articles["split"], SPLITS[0])
    files = {}
    for split in SPLITS:
        chosen = native.articles.filter(pc.equal(splits, split))
        ids = chosen["id"].combine_chunks()
        parts = {
            "articles": chosen,
            "spans": native.spans.filter(pc.is_in(native.spans["article_id"], ids)),
            "relations": native.relations.filter(pc.is_in(native.relations["article_id"], ids)),
        }
        for name, table in parts.items():
            if chosen.num_rows and (table.num_rows or name == "articles"):
                files[f"{name}/{split}.parquet"] = parquet_bytes(table)
    if not files:  # a table without rows can still be read
        files[f"articles/{SPLITS[0]}.parquet"] = parquet_bytes(native.articles)
    return files
