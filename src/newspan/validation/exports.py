"""A Label Studio export as tables, with a row of `readings` for each fault in it.

Tasks of a project of one's own, which carry a text and nothing about it, are given a minimal
article, so that what was marked in them can be checked.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from newspan.corpus.sources import with_text
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.formats.files_io import read_folder
from newspan.formats.json_stream import json_items
from newspan.formats.label_studio import Reading, read
from newspan.formats.stream import stream_label_studio
from newspan.schema.model import Article, Document
from newspan.schema.tables import Tables, tables
from newspan.text import refuse_unreadable
from newspan.validation.readings import Place, Row, fault_rows, readings_table, whole_row

__all__ = ["Export", "read_export"]

_KEY = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_MAX_KEY = 64


class Export(NamedTuple):
    """What an export holds."""

    found: Tables
    """What is whole. Articles that several versions of a task are about stand there once."""
    readings: pa.Table
    bare: int
    """Articles that came without metadata."""


def read_export(path: Path) -> Export:
    """Read an export, faults and all.

    Raises DocumentError where it is no JSON or no export, or holds no annotation.
    """
    with tempfile.TemporaryDirectory(prefix="newspan-") as folder:
        try:
            stream_label_studio(path, Path(folder) / "tables")
        except DocumentError:
            return _read_with_faults(path)  # a fault: each is to be told
        found = read_folder(Path(folder) / "tables")
    rows = [whole_row(article, path.name) for article in found.articles["id"].to_pylist()]
    return Export(_once(found), readings_table(rows), 0)


def _read_with_faults(path: Path) -> Export:
    documents: list[Document] = []
    rows: list[Row] = []
    bare: set[str] = set()
    others = 0
    for number, task in enumerate(json_items(path), start=1):
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            others += 1
            rows += fault_rows([_no_task(number)], path.name)
            continue
        known: set[str] = set()
        for reading in _readings(task, number, bare):
            if reading.state in ("draft", "skipped"):
                continue
            if reading.document is not None:
                ids = {span.id for span in reading.document.spans}
                if not ids & known:  # else it has a fault that says so
                    documents.append(reading.document)
                known |= ids
            rows += fault_rows(reading.faults, path.name, _places(task))
            if not reading.faults and reading.document is not None:
                rows.append(whole_row(reading.document.article.id, path.name))
    if others and others == len(rows):
        raise DocumentError(_no_task(1, path))
    if not rows:
        raise DocumentError(
            Fault("holds no annotation.", "Annotate a task, or export them all.", path)
        )
    return Export(_once(tables(documents)), readings_table(rows), len(bare))


def _no_task(number: int, path: Path | None = None) -> Fault:
    remedy = "Export the project as JSON (not JSON_MIN, CSV or CoNLL)."
    return Fault(f"item {number} is no Label Studio task.", remedy, path)


def _readings(task: Mapping[str, Any], number: int, bare: set[str]) -> Iterator[Reading]:
    """The readings of one task; the id of an article made for it is added to `bare`."""
    data = task["data"]
    if isinstance(data.get("article"), dict) or (
        not isinstance(data.get("text"), str) and isinstance(data.get("article_id"), str)
    ):
        yield from read([task])
        return
    try:
        article = _minimal_article(task, number)
    except NewspanError as error:
        name = _name(task, number)
        faults = tuple(Fault(f"data.text: {f.message}", f.remedy, None, name) for f in error.faults)
        yield Reading(None, faults, {}, "annotation")
        return
    bare.add(article.id)
    # The text is not handed on: whether it is normalised is for a check to say.
    stated = {"article_id": article.id, "text_sha256": data.get("text_sha256")}
    yield from read([{**task, "data": stated}], {article.id: article})


def _name(task: Mapping[str, Any], number: int) -> str:
    """The article's id where the task states one, else one made of the task's number."""
    stated = task["data"].get("article_id")
    if isinstance(stated, str) and len(stated) <= _MAX_KEY and _KEY.fullmatch(stated):
        return stated
    own = task.get("id")
    return f"task-{own if type(own) is int and 0 <= own < 10**18 else number}"


def _minimal_article(task: Mapping[str, Any], number: int) -> Article:
    """An article of which only the text is known. Raises NewspanError for the text's faults."""
    text, name = task["data"].get("text"), _name(task, number)
    if not isinstance(text, str) or not text:
        raise DocumentError(
            Fault("there is none.", "Import the text of a task under the key `text`.")
        )
    refuse_unreadable(text)
    meta = {
        "id": name, "language": "en", "published": "2000-01-01T00:00:00Z",
        "published_precision": "day", "author_kind": "human", "license": "LicenseRef-unknown",
        "story": name, "origin": "press",
    }  # fmt: skip
    return with_text(meta, text)


def _places(task: Mapping[str, Any]) -> dict[str, Place]:
    """Where the regions of a task stand, as far as that is sound."""
    text = task["data"].get("text")
    found: dict[str, Place] = {}
    for kind in ("annotations", "predictions"):
        versions = task.get(kind)
        for version in versions if isinstance(versions, list) else ():
            results = version.get("result") if isinstance(version, dict) else None
            for result in results if isinstance(results, list) else ():
                place = _place(result, text)
                if place is not None:
                    found.setdefault(str(result.get("id")), place)
    return found


def _place(result: Any, text: Any) -> Place | None:
    value = result.get("value") if isinstance(result, dict) else None
    start, end = (value.get("start"), value.get("end")) if isinstance(value, dict) else (None, None)
    if type(start) is not int or type(end) is not int or max(abs(start), abs(end)) >= 2**62:
        return None
    words = text[start:end] if isinstance(text, str) and 0 <= start < end <= len(text) else None
    return start, end, words


def _once(found: Tables) -> Tables:
    """The tables with an article once where several versions of a task are about it."""
    rows: dict[tuple[str, str], int] = {}
    ids, digests = (found.articles[name].to_pylist() for name in ("id", "text_sha256"))
    for row, key in enumerate(zip(ids, digests, strict=True)):
        rows.setdefault(key, row)
    return found._replace(articles=found.articles.take(pa.array(rows.values(), pa.int64())))
