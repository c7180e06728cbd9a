"""Annotations of files, sorted by who made them, as tables.

Label Studio tasks that are plain go straight to columns, as in `convert`; the others by way of
Documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa

from newspan.corpus.sources import read_article, source_files
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_json
from newspan.formats import format_of, read
from newspan.formats.json_stream import json_items
from newspan.formats.label_studio import Reading, tasks_of
from newspan.formats.label_studio import read as read_versions
from newspan.formats.label_studio.columns import Batch, UnsoundBatch
from newspan.formats.label_studio.decode import provenance
from newspan.formats.label_studio.typed import TypedTask, task_decoder
from newspan.paths import data_root
from newspan.schema.model import Article, Document
from newspan.schema.tables import Tables, tables

__all__ = ["NOBODY", "Maker", "gather", "task_files"]

_BATCH = 250
"""Documents or tasks made into tables at a time."""


class Maker(NamedTuple):
    """Who made an annotation."""

    pass_name: str
    annotator: str
    kind: str
    """human or model; empty where nothing says so."""
    status: str


NOBODY = Maker("no spans", "nobody", "", "pass")
"""Who made a document without spans, in a format that says whose it is with each span."""


def gather(
    path: Path, root: Path | None, left: Counter[str], *, skip_faulty: bool = False
) -> dict[Maker, Tables]:
    """The annotations of a file or a folder, by maker; a folder of tasks has one a file.

    `root` is the checkout whose articles tasks without metadata speak of. What is no finished
    annotation is counted in `left`, and so are faulty ones of tasks with `skip_faulty`. Raises
    NewspanError where somebody has annotated an article twice, DocumentError with the faults
    of the first faulty annotation.
    """
    reader = _Reader(_Catalogue(path, root), left, skip_faulty)
    name = format_of(path)
    if name == "parquet" and path.is_dir():
        tasks = ((t, f) for f in task_files(path) for t in tasks_of(read_json(f), f))
        return _collected(path, reader.annotations(tasks))
    if name != "label-studio":
        return _collected(path, ((_maker(d), d) for d in read(path, name)))
    if not skip_faulty:
        before = left.copy()
        try:
            typed = ((task, path) for task in json_items(path, task_decoder))
            return _collected(path, reader.annotations(typed))
        except UnsoundBatch:
            left.clear()
            left.update(before)
    plain = ((task, path) for item in json_items(path) for task in tasks_of(item, path))
    return _collected(path, reader.annotations(plain))


def task_files(folder: Path) -> Iterator[Path]:
    """The files of a folder with one task a file."""
    return (f for f in sorted(folder.glob("*.json")) if f.name[0] != "." and f.name != "index.json")


def _maker(document: Document) -> Maker:
    """Who made a document, as its spans say."""
    if not document.spans:
        return NOBODY
    first = document.spans[0]
    names = sorted({s.annotator for s in document.spans})
    return Maker(first.id.split("/")[1], ", ".join(names), first.annotator_kind, first.status)


class _Catalogue:
    """The articles of a checkout, each read when it is asked for."""

    def __init__(self, path: Path, root: Path | None) -> None:
        self._path, self._root = path, root
        self._files: dict[str, Path] | None = None
        self._read: dict[str, Article] = {}

    def article(self, name: Any) -> Mapping[str, Article]:
        """The article of this id, by its id; empty where there is none."""
        if not isinstance(name, str):
            return {}
        if self._files is None:
            self._files = {f.stem: f for f in source_files(self._folder() / "corpus")}
        if name in self._files and name not in self._read:
            self._read[name] = read_article(self._files[name])
        return {name: self._read[name]} if name in self._read else {}

    def _folder(self) -> Path:
        if self._root is not None:
            return self._root
        around = (p for p in self._path.resolve().parents if (p / "corpus").is_dir())
        return next(around, None) or data_root()


class _Reader:
    """Reads the annotations of tasks one by one, with who made them."""

    def __init__(self, catalogue: _Catalogue, left: Counter[str], skip_faulty: bool) -> None:
        self._catalogue, self._left, self._skip_faulty = catalogue, left, skip_faulty

    def annotations(
        self, tasks: Iterable[tuple[Any, Path]]
    ) -> Iterator[tuple[Maker, Document | TypedTask]]:
        """The annotations of tasks; what is plain is left as it is, for a batch."""
        for task, path in tasks:
            if isinstance(task, TypedTask):
                if _is_plain(task):
                    yield _maker_of(task), task
                    continue
                task = msgspec.json.decode(msgspec.json.encode(task))
            for own in tasks_of(task, path):
                yield from self._of_task(own, path)

    def _of_task(self, task: Mapping[str, Any], path: Path) -> Iterator[tuple[Maker, Document]]:
        data = task["data"]
        known = {} if "article" in data else self._catalogue.article(data.get("article_id"))
        for kind in ("annotations", "predictions", "drafts"):
            versions = task.get(kind)
            if versions is None:
                continue
            # What is no list is given on as a version, for the reader to say what is wrong.
            given: list[Any] = versions if isinstance(versions, list) else [[versions]]
            for version in given:
                for reading in read_versions([{"data": data, kind: [version]}], known, path):
                    if self._counts(reading) and reading.document is not None:
                        yield _made(version, reading.state), reading.document

    def _counts(self, reading: Reading) -> bool:
        """Whether a reading is an annotation; raises DocumentError for a faulty one."""
        if reading.state in ("draft", "skipped"):
            self._left[reading.state] += 1
            return False
        if reading.faults and not self._skip_faulty:
            raise DocumentError(*reading.faults)
        self._left["faulty annotation"] += bool(reading.faults)
        return not reading.faults


def _is_plain(task: TypedTask) -> bool:
    """Whether a task is one finished annotation and nothing else."""
    versions = task.annotations
    alone = len(versions) == 1 and not task.predictions and not task.drafts
    return alone and not versions[0].was_cancelled


def _maker_of(task: TypedTask) -> Maker:
    (version,) = task.annotations
    if version.newspan is None and type(version.completed_by) is int:
        return _user(version.completed_by)
    return _made({"newspan": version.newspan, "completed_by": version.completed_by}, "annotation")


@cache
def _user(number: int) -> Maker:
    return _made({"completed_by": number}, "annotation")


def _made(version: Mapping[str, Any], state: str) -> Maker:
    found = provenance(version, state)
    return Maker(found["pass"], found["annotator"], found["annotator_kind"], found["status"])


class _Gathering:
    """What one maker has made, turned into tables batch by batch."""

    def __init__(self, path: Path) -> None:
        self.ids: set[str] = set()
        self._path = path
        self._documents: list[Document] = []
        self._tasks = Batch()
        self._parts: list[Tables] = []

    def add(self, made: Document | TypedTask) -> None:
        """Take in an annotation. Raises UnsoundBatch where a batch of tasks is faulty."""
        if isinstance(made, Document):
            self._documents.append(made)
        else:
            self._tasks.add(made)
        if max(len(self._documents), len(self._tasks)) == _BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._documents:
            self._parts.append(tables(self._documents))
        if len(self._tasks):
            self._parts.append(self._tasks.tables(self._path))
        self._documents, self._tasks = [], Batch()

    def tables(self) -> Tables:
        """The tables of all that was added."""
        self._flush()
        return Tables(*map(pa.concat_tables, zip(*self._parts, strict=True)))


def _collected(
    path: Path, made: Iterable[tuple[Maker, Document | TypedTask]]
) -> dict[Maker, Tables]:
    found: dict[Maker, _Gathering] = {}
    nobodys: list[Document | TypedTask] = []
    for maker, annotation in made:
        if maker is NOBODY:
            nobodys.append(annotation)
        else:
            _add(found.setdefault(maker, _Gathering(path)), annotation, maker, path)
    # With one maker in the file, a document without spans is theirs.
    only = next(iter(found)) if len(found) == 1 else NOBODY
    for annotation in nobodys:
        maker = NOBODY if only is NOBODY or _id(annotation) in found[only].ids else only
        _add(found.setdefault(maker, _Gathering(path)), annotation, maker, path)
    return {maker: gathering.tables() for maker, gathering in found.items()}


def _id(annotation: Document | TypedTask) -> str:
    if isinstance(annotation, Document):
        return annotation.article.id
    return annotation.data.article_id


def _add(gathering: _Gathering, annotation: Document | TypedTask, maker: Maker, path: Path) -> None:
    name = _id(annotation)
    if name in gathering.ids:
        raise NewspanError(
            Fault(
                f"{maker.annotator} has annotated it twice in pass {maker.pass_name}.",
                "Keep one of the two.", path, name,
            )
        )  # fmt: skip
    gathering.ids.add(name)
    gathering.add(annotation)
