"""Label Studio tasks to Documents; what cannot be read is reported, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.label_studio.regions import RegionReader
from newspan.schema.invariants import document_faults
from newspan.schema.model import Article, Document
from newspan.text import fingerprint, normalize

__all__ = ["Reading", "decode", "read", "tasks_of"]


class Reading(NamedTuple):
    """What one annotation, prediction or draft of a task came to."""

    document: Document | None
    """What is whole; None where nothing could be read."""
    faults: tuple[Fault, ...]
    """What is unfinished or wrong, each with the region it concerns."""
    aside: dict[str, Any]
    """What an annotator entered and a Document has no place for, by region id."""
    state: str
    """`annotation`, `prediction`, `draft` or `skipped`."""


def decode(
    tasks: Iterable[Mapping[str, Any]],
    articles: Mapping[str, Article] | None = None,
    path: Path | None = None,
) -> Iterator[Document]:
    """The documents of all annotations and predictions; drafts and skipped tasks are left.

    Raises DocumentError at the first task with a fault, with all faults of that annotation.
    Use `read` to get what is whole together with the faults.
    """
    for reading in read(tasks, articles, path):
        if reading.state in ("draft", "skipped"):
            continue
        if reading.faults:
            raise DocumentError(*reading.faults)
        if reading.document is not None:
            yield reading.document


def read(
    tasks: Iterable[Mapping[str, Any]],
    articles: Mapping[str, Article] | None = None,
    path: Path | None = None,
) -> Iterator[Reading]:
    """Every annotation, prediction and draft of the tasks, in order.

    `articles` completes tasks that carry no metadata, such as stand-off ones.
    """
    for number, task in enumerate(tasks, start=1):
        try:
            article = _article(task, articles or {}, path, number)
        except DocumentError as error:
            yield Reading(None, error.faults, {}, "annotation")
            continue
        for state, annotation in _versions(task):
            yield _reading(article, annotation, state, path)


def tasks_of(value: Any, path: Path | None = None) -> list[Mapping[str, Any]]:
    """The tasks of a JSON export: a list of tasks, or one task."""
    tasks = value if isinstance(value, list) else [value]
    for number, task in enumerate(tasks, start=1):
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            raise DocumentError(
                Fault(
                    f"item {number} is no Label Studio task.",
                    "Export the project as JSON (not JSON_MIN, CSV or CoNLL).",
                    path,
                )
            )
    return tasks


def _versions(task: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind, state in (("annotations", "annotation"), ("predictions", "prediction"),
                        ("drafts", "draft")):  # fmt: skip
        for version in task.get(kind) or ():
            if isinstance(version, dict):
                yield ("skipped" if version.get("was_cancelled") else state), version


def _article(
    task: Mapping[str, Any], articles: Mapping[str, Article], path: Path | None, number: int
) -> Article:
    data = task["data"]
    name = data.get("article_id")
    if not isinstance(name, str):
        raise DocumentError(Fault(f"task {number} has no article_id.", "Name the article.", path))
    text = data.get("text")
    known = articles.get(name)
    recorded = data.get("text_sha256")
    if isinstance(text, str):
        if recorded is not None and fingerprint(text) != recorded:
            raise DocumentError(
                Fault("data.text is not the text of text_sha256.", "Export it again.", path, name)
            )
        if normalize(text) != text:
            raise DocumentError(
                Fault("data.text is not normalised.", "Import normalised texts only.", path, name)
            )
    if known is not None:
        if recorded is not None and recorded != known.text_sha256:
            raise DocumentError(
                Fault(
                    "was annotated on another text than the corpus has.",
                    "Restore the text, or annotate the new one.", path, name,
                )
            )  # fmt: skip
        return known
    record = data.get("article")
    if not isinstance(record, dict):
        raise DocumentError(
            Fault("has no metadata here.", "Give the corpus it belongs to.", path, name)
        )
    try:
        return msgspec.convert(
            {**record, "text": text, "title": data.get("title")}, Article, strict=True
        )
    except msgspec.ValidationError as error:
        raise DocumentError(Fault(f"data.article: {error}.", "", path, name)) from error


def _reading(
    article: Article, version: Mapping[str, Any], state: str, path: Path | None
) -> Reading:
    reader = RegionReader(article, _provenance(version, state), path)
    results = version.get("result")
    reader.read(results if isinstance(results, list) else [])
    record = {"article": msgspec.to_builtins(article), **reader.record()}
    document = None
    try:
        document = msgspec.convert(record, Document)
    except msgspec.ValidationError as error:
        reader.fault(f"{error}.", "See the data dictionary.", reader.region_at(str(error)))
    if document is not None:
        reader.faults += document_faults(document, path)
    return Reading(document, tuple(reader.faults), reader.aside, state)


def _provenance(version: Mapping[str, Any], state: str) -> dict[str, Any]:
    """Who made a version: our own record where it is there, else Label Studio's fields."""
    own = version.get("newspan")
    if isinstance(own, dict):
        return {k: str(v) for k, v in own.items()}
    if state == "prediction":
        who, kind, status = version.get("model_version") or "unknown-model", "model", "prediction"
    else:
        user = version.get("completed_by") or version.get("user")
        email = user.get("email") if isinstance(user, dict) else None
        who, kind, status = email or f"user-{user or 'unknown'}", "human", "pass"
    slug = re.sub("[^a-z0-9]+", "-", str(who).lower()).strip("-") or "unknown"
    return {"pass": slug, "annotator": str(who), "annotator_kind": kind, "status": status}
