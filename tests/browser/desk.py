"""A project on the server: what is put on an annotator's desk, and what is taken from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from live_server import LiveServer
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.project import Project, open_project
from newspan.annotations.studio.pull import pull
from newspan.annotations.studio.push import push
from newspan.annotations.studio.tasks import Kind
from newspan.files import read_json
from newspan.formats.label_studio import Reading, read
from newspan.schema.fields import attributes
from newspan.schema.model import Article, Document, Span, layer_of, region_of
from newspan.text import NORMALIZATION, fingerprint, is_normalized, paragraph_fingerprints

Seen = tuple[str, list[tuple[int, int]], dict[str, Any]]
"""What is compared of a span: layer, fragments, and the attributes that are not empty."""


class Desk:
    """One project, filled by push and emptied by pull."""

    def __init__(self, studio: Studio, project: Project, folder: Path) -> None:
        self.studio = studio
        self.project = project
        self.folder = folder
        self.articles: dict[str, Article] = {}

    @classmethod
    @contextmanager
    def at(cls, server: LiveServer, title: str, folder: Path) -> Iterator[Desk]:
        with Studio.connect(server.url, server.token) as studio:
            yield cls(studio, open_project(studio, title), folder)

    def put(self, documents: Iterable[Document], kind: Kind = "bare") -> list[int]:
        """Push documents; the tasks, in the order of the article ids."""
        given = list(documents)
        self.articles |= {document.article.id: document.article for document in given}
        pushed = push(self.studio, self.project, given, kind)
        assert not pushed.refused, pushed.refused
        return self.tasks()

    def tasks(self) -> list[int]:
        found = self.studio.tasks(self.project.id, include=["id", "data"])
        return [t["id"] for t in sorted(found, key=lambda t: str(t["data"]["article_id"]))]

    def results(self, task: int) -> list[dict[str, Any]]:
        """The results of the one annotation of a task, as the server has them."""
        (annotation,) = self.studio.get(f"/api/tasks/{task}/")["annotations"]
        return list(annotation["result"])

    def pulled(self) -> list[dict[str, Any]]:
        """The tasks as a pull writes them; from the second on it takes what has changed."""
        found = pull(self.studio, self.project, self.folder, self.articles, pass_name="browser")
        assert not found.held_back, found.held_back
        return [read_json(path) for path in sorted(found.folder.glob("*.json"))]

    def pulled_results(self) -> list[dict[str, Any]]:
        """The results of the one annotation of the one task, as a pull writes them."""
        (task,) = self.pulled()
        (annotation,) = task["annotations"]
        return list(annotation["result"])

    def readings(self) -> list[Reading]:
        """Every version of every task, as it is read from what a pull writes."""
        return list(read(self.pulled()))

    def document(self) -> Document:
        """The one finished annotation, which must have no fault."""
        found = [r for r in self.readings() if r.state == "annotation"]
        assert len(found) == 1
        faults = [str(fault) for fault in found[0].faults]
        assert not faults, faults
        assert found[0].document is not None
        return found[0].document


def article(name: str, text: str) -> Article:
    """An article with nothing but a text."""
    assert is_normalized(text)
    return Article(
        id=name,
        title="A test",
        text=text,
        text_sha256=fingerprint(text),
        paragraph_sha256=paragraph_fingerprints(text),
        n_chars=len(text),
        normalization=NORMALIZATION,
        language="en",
        published=datetime(2032, 10, 11, tzinfo=UTC),
        published_precision="day",
        author_kind="model",
        license="CC-BY-4.0",
        story="test",
        origin="invented",
    )


def bare(name: str, text: str) -> Document:
    return Document(article=article(name, text))


def seen(span: Span) -> Seen:
    given = {f.name: getattr(span, f.name) for f in attributes(layer_of(span))}
    fields = {f.name: f.default for f in attributes(layer_of(span))}
    return (
        layer_of(span),
        [(f.start, f.end) for f in span.fragments],
        {name: value for name, value in given.items() if value != fields[name]},
    )


def relations(document: Document) -> set[tuple[str, str, str]]:
    """Relations by the words they join: (type, head, tail)."""
    words = {span.id: span.text or "" for span in document.spans}
    return {(r.type, words[r.head], words[r.tail]) for r in document.relations}


def regions(document: Document) -> set[str]:
    return {region_of(span.id) for span in document.spans}
