"""`newspan preannotate`: read articles, propose, write, say what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from newspan.annotations.linking.sources import table_of
from newspan.annotations.propose.language import chosen_model, language_model
from newspan.annotations.propose.pipeline import Unread, propose
from newspan.annotations.propose.side_by_side import proposed_side_by_side
from newspan.corpus.find import with_words
from newspan.corpus.hydrate import hydrated_article, refuse_published
from newspan.corpus.load import load
from newspan.corpus.sources import STANDOFF_ORIGINS, read_article, source_files
from newspan.errors import Fault, NewspanError
from newspan.formats import read, write
from newspan.schema.model import Document

__all__ = ["Proposed", "articles_of", "preannotate", "proposals"]


class Proposed(NamedTuple):
    """What came of a run."""

    articles: int
    spans: int
    relations: int
    unread: tuple[Unread, ...]

    def __str__(self) -> str:
        return (
            f"{self.articles - len(self.unread):,} articles: {self.spans:,} spans, "
            f"{self.relations:,} relations proposed"
        )


def preannotate(
    source: Path,
    target: Path,
    *,
    source_format: str | None = None,
    target_format: str | None = None,
    model: str | None = None,
    entities: Path | None = None,
    hydrated: Path = Path("hydrated"),
    workers: int = 1,
) -> Proposed:
    """Write the articles of a source with proposals in the place of their annotation.

    `source` is a checkout or anything `newspan.read` reads; `entities` a table of entities, by
    default that of the checkout. Stand-off articles get their words from `hydrated`, and must
    not be written where others read them. Raises NewspanError where nothing could be read.
    """
    unread: list[Unread] = []
    table, _ = table_of(source, entities, needed=False)
    language_model(chosen_model(model))  # that it is missing is told before anything is read
    documents = _private(articles_of(source, source_format, hydrated), target)
    if workers > 1:
        made = proposed_side_by_side(documents, model, table, unread, workers)
    else:
        made = propose(documents, model, entities=table, unread=unread)
    counts = _Counted(made)
    write(counts, target, target_format)
    done = Proposed(counts.articles, counts.spans, counts.relations, tuple(unread))
    if done.articles == 0:
        raise NewspanError(Fault("has no articles.", "Name another file or folder.", source))
    return done


def proposals(
    source: Path,
    *,
    hydrated: Path = Path("hydrated"),
    model: str | None = None,
    say: Callable[[str], Any] = print,
) -> Iterator[Document]:
    """The articles of a source with proposals, for whoever takes them from here; says at the
    end which ones could not be read."""
    unread: list[Unread] = []
    table, _ = table_of(source, None, needed=False)
    yield from propose(
        articles_of(source, None, hydrated), model, entities=table, unread=unread
    )  # fmt: skip
    for left in unread:
        say(f"article {left.article_id} has no proposals: {left.why}")


def _private(documents: Iterable[Document], target: Path) -> Iterator[Document]:
    """The documents; owners' words are refused where a checkout would publish them."""
    roots = [p for p in target.resolve().parents if (p / "corpus" / "standoff").is_dir()]
    for document in documents:
        article = document.article
        if roots and article.text is not None and article.origin in STANDOFF_ORIGINS:
            refuse_published(roots[0], roots[0] / "hydrated", target)
        yield document


def articles_of(
    source: Path, source_format: str | None, hydrated: Path
) -> Iterator[Document]:  # fmt: skip
    """The articles of a checkout, or of a file or folder, with their words where they are."""
    if source_format is None and (source / "corpus").is_dir():
        for path in source_files(source / "corpus"):
            yield Document(article=hydrated_article(read_article(path), hydrated))
    elif source_format is None and (source / "tables" / "articles").is_dir():
        for document in load(source).documents():
            yield with_words(document, hydrated)
    else:
        for document in read(source, source_format):
            yield with_words(document, hydrated)


class _Counted:
    """Documents that are counted as they pass."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = documents
        self.articles = self.spans = self.relations = 0

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            self.articles += 1
            self.spans += len(document.spans)
            self.relations += len(document.relations)
            yield document
