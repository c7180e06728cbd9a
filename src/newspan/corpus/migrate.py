"""Bringing data of an older schema to this one: JSON Lines, or a folder of tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from newspan.corpus.build import entity_table
from newspan.corpus.layout import CANONICAL, ENTITY_SPLIT, table_files, tables_folder
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_lines, write_chunks
from newspan.formats import jsonl
from newspan.formats.files_io import folder_files
from newspan.formats.json_lines import records
from newspan.formats.parquet import encode
from newspan.formats.parquet_files import parquet_bytes, read_schema, read_table
from newspan.schema.invariants import check
from newspan.schema.model import LAYERS, SCHEMA_VERSION, Document, Entity
from newspan.schema.versions import (
    Migration,
    refuse_unreadable,
    route,
    stated_version,
    version_problem,
)
from newspan.swap import replace_folder

__all__ = ["migrate"]

Json = dict[str, Any]


def migrate(source: Path, target: Path, stated: str | None = None) -> str:
    """Write data of an older schema as data of this one; a line that says what was done.

    `source` is JSON Lines, of which `stated` says the schema, or a folder of tables, which says
    it itself; `target` is a new file or folder of the same kind. Raises NewspanError, and writes
    nothing, where there is no way from that schema, where the target is there already, or
    where what comes out is not valid.
    """
    if target.exists():
        raise NewspanError(Fault("is there already.", "Name a new place.", target))
    if source.is_dir():
        return _tables(tables_folder(source), target)
    if stated is None:
        raise NewspanError(
            Fault("does not say its schema.", "Say it with --from, such as --from 1.0.", source)
        )
    steps = _steps(stated, source)
    found = records(read_lines(source), dict[str, Any], "Each line is one document.", source)
    made = [_document(_of_article(raw, source, line), steps, source) for line, raw in found]
    write_chunks(jsonl.encode(made), target)
    return _said(len(made), stated, steps, target)


def _steps(stated: str, path: Path) -> list[Migration]:
    steps = route(stated)
    if steps is None:
        if version_problem(stated) is None:
            raise NewspanError(
                Fault(f"there is no migration from schema {stated}.",
                      f"This package reads {SCHEMA_VERSION}; say another with --from.", path)
            )  # fmt: skip
        refuse_unreadable(stated, path)
    return steps or []


def _tables(folder: Path, target: Path) -> str:
    found = {name: [file for _, file in table_files(folder, name)] for name in CANONICAL}
    if not found["articles"]:
        raise NewspanError(Fault("has no table articles.", "Name a folder of tables.", folder))
    stated = stated_version(read_schema(found["articles"][0]))
    steps = _steps(stated, folder)
    rows = {name: _rows(files) for name, files in found.items()}
    documents = sorted(
        (_document(d, steps, folder) for d in _raw_documents(rows)), key=lambda d: d.article.id
    )
    files = folder_files(encode(documents))
    entities = _entities(rows["entities"], steps, folder)
    if entities.num_rows:
        files[f"entities/{ENTITY_SPLIT}.parquet"] = parquet_bytes(entities, ["id"])
    replace_folder(target, files)
    return _said(len(documents), stated, steps, target)


def _rows(files: list[Path]) -> list[Json]:
    return [row for file in files for row in read_table(file).to_pylist()]


def _raw_documents(rows: dict[str, list[Json]]) -> Iterator[Json]:
    """The documents as JSON, whatever columns their schema has; nulls are left out."""
    spans: dict[str, list[Json]] = {}
    for row in rows["spans"]:
        own = row.pop(row["layer"], None) or {}
        plain = {k: v for k, v in row.items() if k not in LAYERS and k != "article_id"} | own
        plain["fragments"] = [[f["start"], f["end"]] for f in plain["fragments"]]
        spans.setdefault(row["article_id"], []).append(_given(plain))
    relations: dict[str, list[Json]] = {}
    for row in rows["relations"]:
        name = row.pop("article_id")
        relations.setdefault(name, []).append(_given(row))
    for row in rows["articles"]:
        name = row["id"]
        yield {"article": _given(row), "spans": spans.get(name, []),
               "relations": relations.get(name, [])}  # fmt: skip


def _given(row: Json) -> Json:
    return {key: value for key, value in row.items() if value is not None}


def _document(raw: Json, steps: list[Migration], path: Path) -> Document:
    name = raw.get("article", {}).get("id")
    for step in steps:
        raw = step.document(raw)
    try:
        return check(msgspec.convert(raw, Document), path)
    except msgspec.ValidationError as error:
        raise DocumentError(
            Fault(f"after the migration: {error}.", "Report it with the article.", path, name)
        ) from error


def _entities(rows: list[Json], steps: list[Migration], path: Path) -> pa.Table:
    made = {}
    for row in rows:
        raw = _given(row)
        for step in steps:
            raw = step.entity(raw)
        try:
            made[raw["id"]] = msgspec.convert(raw, Entity)
        except msgspec.ValidationError as error:
            raise DocumentError(
                Fault(f"entity {row['id']} after the migration: {error}.", "Report it.", path)
            ) from error
    return entity_table(made)


def _of_article(raw: Json, path: Path, line: int) -> Json:
    if not isinstance(raw.get("article"), dict):
        raise DocumentError(Fault("is no document.", "Each line is one document.", path, line=line))
    return raw


def _said(count: int, stated: str, steps: list[Migration], target: Path) -> str:
    done = "".join(f"\n{s.source} → {s.target}: {s.meaning}" for s in steps)
    if not steps:
        done = f"\nNothing had to change: {stated} is the schema of this package."
    return f"{count:,} documents → {target} (schema {SCHEMA_VERSION}){done}"
