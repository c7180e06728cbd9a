"""What a push is made from: a corpus, JSON Lines, tables, or Label Studio's own JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newspan.annotations.studio.foreign import task_parcels
from newspan.annotations.studio.tasks import Kind, Parcel, parcels
from newspan.corpus.find import with_words
from newspan.corpus.hydrate import hydrated_article
from newspan.corpus.sources import read_article, source_files
from newspan.corpus.standoff import hydrate_task
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_json
from newspan.formats import format_of, read
from newspan.formats.files_io import read_tasks
from newspan.formats.label_studio import provenance_of, tasks_of
from newspan.schema.model import ADJUDICATED, Article, Document

__all__ = ["source_parcels"]

_PASS = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def source_parcels(
    source: Path,
    kind: Kind,
    config: str,
    *,
    pass_name: str | None = None,
    hydrated: Path = Path("hydrated"),
) -> Iterator[Parcel]:
    """The articles of a source as they are sent, in the order of the source.

    `source` is a corpus (its sources are read, not its tables), or anything that
    `newspan.read` reads. Of a corpus the pass `pass_name` is taken, the adjudicated one
    without it; of files, every pass or the named one. Stand-off articles get their words from
    the folder `hydrated`. Raises NewspanError where the source cannot be read, DocumentError
    at the first article with faults.
    """
    if (source / "corpus").is_dir():
        return _of_corpus(source, kind, config, pass_name or ADJUDICATED, hydrated)
    if format_of(source) == "label-studio":
        return task_parcels(read_tasks(source), kind, config, path=source, pass_name=pass_name)
    return parcels(_of_pass(read(source), pass_name, hydrated), kind, config)


def _of_pass(
    documents: Iterator[Document], pass_name: str | None, hydrated: Path
) -> Iterator[Document]:
    for document in documents:
        if pass_name in (None, provenance_of(document)["pass"]):
            yield with_words(document, hydrated)


def _of_corpus(
    root: Path, kind: Kind, config: str, pass_name: str, hydrated: Path
) -> Iterator[Parcel]:
    if _PASS.fullmatch(pass_name) is None:
        raise NewspanError(
            Fault(f"{pass_name!r} is no name of a pass.", "Use small letters, digits, hyphens.")
        )
    folder = root / "annotations" / ADJUDICATED
    if pass_name != ADJUDICATED:
        folder = root / "annotations" / "passes" / pass_name
        if kind != "bare" and not folder.is_dir():
            raise NewspanError(
                Fault("there is no such pass.", "See the folders beside it.", folder)
            )
    articles = sorted((read_article(p) for p in source_files(root / "corpus")), key=lambda a: a.id)
    if not articles:
        raise NewspanError(Fault("has no articles.", "Name another corpus.", root / "corpus"))
    for article in articles:
        whole = hydrated_article(article, hydrated)
        path = folder / f"{article.id}.json"
        if kind == "bare" or whole.text is None or not path.is_file():
            yield from parcels([Document(article=whole)], "bare", config)
        else:
            tasks = [_with_words(task, whole, path) for task in tasks_of(read_json(path), path)]
            yield from task_parcels(tasks, kind, config, {article.id: whole}, path)


def _with_words(task: Mapping[str, Any], article: Article, path: Path) -> Mapping[str, Any]:
    """The task of an article with its words, if it is one. Raises DocumentError otherwise."""
    if task["data"].get("article_id") != article.id:
        raise DocumentError(
            Fault("is about another article than it is named for.", "Rename it.", path, article.id)
        )
    return hydrate_task(task, article)
