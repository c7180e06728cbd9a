"""Label Studio tasks to Documents; what cannot be read is reported, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newspan.errors import DocumentError, Fault, TextError
from newspan.formats.label_studio.findings import Findings
from newspan.formats.label_studio.folding import fold
from newspan.formats.label_studio.regions import read_regions
from newspan.formats.slugs import slug
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

    `articles` completes tasks that carry no metadata, such as stand-off ones. Nothing that
    stands in the tasks raises: what cannot be read is a fault of a Reading.
    """
    for number, task in enumerate(tasks, start=1):
        try:
            article = _article(task, articles or {}, path, number)
        except DocumentError as error:
            yield Reading(None, error.faults, {}, "annotation")
            continue
        seen: set[str] = set()
        for state, version in _versions(task):
            yield _distinct(_reading(article, version, state, path), seen, path)


def tasks_of(value: Any, path: Path | None = None) -> list[Mapping[str, Any]]:
    """The tasks of a JSON export: a list of tasks, or one task."""
    tasks = value if isinstance(value, list) else [value]
    for number, task in enumerate(tasks, start=1):
        _refuse_other_exports(task, number, path)
    return tasks


def _refuse_other_exports(task: Any, number: int, path: Path | None) -> None:
    if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
        raise DocumentError(
            Fault(
                f"item {number} is no Label Studio task.",
                "Export the project as JSON (not JSON_MIN, CSV or CoNLL).",
                path,
            )
        )


def _versions(task: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(state, version) of all versions of a task.

    Predictions and drafts given by number only, as some exports do, are no versions.
    """
    for kind, state in (("annotations", "annotation"), ("predictions", "prediction"),
                        ("drafts", "draft")):  # fmt: skip
        versions = task.get(kind)
        if versions is None:
            continue
        # What is no list is given on as one item that is no record.
        for version in versions if isinstance(versions, list) else [[versions]]:
            if isinstance(version, dict) and version.get("was_cancelled"):
                yield "skipped", version
            elif state == "annotation" or type(version) is not int:
                yield state, version


def _article(task: Any, articles: Mapping[str, Article], path: Path | None, number: int) -> Article:
    _refuse_other_exports(task, number, path)
    data = task["data"]
    name = data.get("article_id")
    if not isinstance(name, str):
        raise DocumentError(Fault(f"task {number} has no article_id.", "Name the article.", path))
    if not _is_unicode(data):
        raise DocumentError(
            Fault("data holds a lone surrogate or is nested too deeply.", "Export it again.",
                  path, name)
        )  # fmt: skip
    for message, remedy in _text_problems(data, articles.get(name)):
        raise DocumentError(Fault(message, remedy, path, name))
    if name in articles:
        return articles[name]
    record = data.get("article")
    if not isinstance(record, dict):
        raise DocumentError(
            Fault("has no metadata here.", "Give the corpus it belongs to.", path, name)
        )
    try:
        article = msgspec.convert(
            {**record, "text": data.get("text"), "title": data.get("title")}, Article, strict=True
        )
    except msgspec.ValidationError as error:
        raise DocumentError(
            Fault(f"data.article: {error}.", "Export the task again.", path, name)
        ) from error
    if article.id != name:
        raise DocumentError(
            Fault(f"data.article is about {article.id}.", "Export the task again.", path, name)
        )
    faults = tuple(document_faults(Document(article=article), path))
    if faults:
        raise DocumentError(*faults)
    return article


def _text_problems(data: Mapping[str, Any], known: Article | None) -> Iterator[tuple[str, str]]:
    """(what is wrong, what to do) with the text of a task."""
    text, recorded = data.get("text"), data.get("text_sha256")
    found = recorded
    if isinstance(text, str):
        try:
            same = normalize(text) == text
        except TextError as error:
            yield f"data.text: {error.faults[0].message}", error.faults[0].remedy
            return
        if not same:
            yield "data.text is not normalised.", "Import normalised texts only."
            return
        found = fingerprint(text)
        if recorded is not None and found != recorded:
            yield "data.text is not the text of text_sha256.", "Export it again."
    if known is not None and found is not None and found != known.text_sha256:
        yield (
            "was annotated on another text than the corpus has.",
            "Restore the text, or annotate the new one.",
        )


def _is_unicode(value: Any) -> bool:
    """Whether a value can be written as JSON in UTF-8, which a lone surrogate cannot."""
    try:
        msgspec.json.encode(value)
    except (UnicodeEncodeError, RecursionError, TypeError, ValueError):
        return False
    return True


def _reading(article: Article, version: Any, state: str, path: Path | None) -> Reading:
    who = provenance(version if isinstance(version, dict) else {}, state)
    found = Findings(article.id, who.pop("pass"), path)
    if not _is_unicode(version):
        found.fault(f"the {state} holds a lone surrogate or is nested too deeply.", "Mend it.")
        return Reading(None, tuple(found.faults), {}, state)
    results = version.get("result") if isinstance(version, dict) else version
    if results is None:
        results = []
    if not isinstance(version, dict) or not isinstance(results, list):
        found.fault(f"the {state} has no list of results.", "Export the project as JSON.")
        found.keep(None, state, version)
        return Reading(None, tuple(found.faults), found.aside, state)
    regions, arcs = read_regions(results, found)
    document = fold(article, regions, arcs, who, found)
    return Reading(document, tuple(found.faults), found.aside, state)


def _distinct(reading: Reading, seen: set[str], path: Path | None) -> Reading:
    """The reading, with a fault if an earlier version of the task has spans of its ids."""
    if reading.document is None or reading.state in ("draft", "skipped"):
        return reading
    ids = {span.id for span in reading.document.spans}
    twice = sorted(ids & seen)
    seen |= ids
    if not twice:
        return reading
    fault = Fault(
        f"{len(twice)} spans of two versions of the task have the same ids.",
        "Keep one version by each annotator or model.",
        path,
        reading.document.article.id,
        twice[0],
    )
    return reading._replace(faults=(*reading.faults, fault))


def provenance(version: Mapping[str, Any], state: str) -> dict[str, str]:
    """Who made a version: our own record where it is there, else Label Studio's fields."""
    if state == "prediction":
        model = version.get("model_version")
        who = model if isinstance(model, str) and model else "unknown-model"
        kind, status = "model", "prediction"
    else:
        who, kind, status = _user(version), "human", "pass"
    made = {"pass": slug(who) or "unknown", "annotator": who, "annotator_kind": kind,
            "status": status}  # fmt: skip
    own = version.get("newspan")
    if isinstance(own, dict):
        made |= {k: v for k, v in own.items() if k in made and isinstance(v, str)}
    return made


def _user(version: Mapping[str, Any]) -> str:
    """The annotator's e-mail, or their number where the export has no more."""
    user = version.get("completed_by")
    if user is None:
        user = version.get("user")
    if isinstance(user, dict):
        user = user.get("email") or user.get("id")
    if isinstance(user, str) and user:
        return user
    return f"user-{user}" if type(user) is int else "user-unknown"
