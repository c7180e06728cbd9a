"""What a page shows: articles, each with one or more versions of its annotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from newspan.corpus.find import with_words
from newspan.corpus.load import Corpus, load
from newspan.errors import DocumentError, Fault
from newspan.formats import read
from newspan.schema.model import Document, Entity

__all__ = ["Finding", "Shelf", "fill"]


class Finding(msgspec.Struct, frozen=True):
    """What a check has found at a place of an article."""

    article: str
    start: int
    end: int
    """Half-open, in code points; both 0 where the finding is about the article as a whole."""
    code: str
    level: str
    meaning: str


@dataclass
class Shelf:
    """Documents by article, in the order of the ids, and the entities they name."""

    versions: dict[str, list[Document]]
    """Article id to its documents: the first is what is shown, the others are compared."""
    entities: dict[str, Entity] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def documents(self) -> Iterator[Document]:
        """The first version of every article."""
        return (versions[0] for versions in self.versions.values())


def fill(path: Path | None, against: Sequence[Path], hydrated: Path) -> Shelf:
    """The documents of a corpus or file, and of others that are to be compared with them.

    Stand-off documents have their words where the folder `hydrated` holds them. Raises
    DocumentError for a file that cannot be read, and for two texts of one article.
    """
    entities: dict[str, Entity] = {}
    versions: dict[str, list[Document]] = {}
    for source in (path, *against):
        found = _documents(source, entities)
        for document in found:
            _add(versions, with_words(document, hydrated), source)
    if not versions:
        raise DocumentError(Fault("holds no documents.", "Name a corpus or a file.", path))
    return Shelf({name: versions[name] for name in sorted(versions)}, entities)


def _documents(source: Path | None, entities: dict[str, Entity]) -> Iterable[Document]:
    """The documents of a corpus, whose entities are taken in too, or of a file."""
    if source is not None and source.is_file():
        return read(source)
    corpus = load(source)
    entities |= entities_of(corpus)
    return corpus.documents()


def entities_of(corpus: Corpus) -> dict[str, Entity]:
    """Key to entity."""
    found = msgspec.convert(corpus.entities.to_pylist(), list[Entity])
    return {entity.id: entity for entity in found}


def _add(versions: dict[str, list[Document]], document: Document, source: Path | None) -> None:
    article = document.article
    held = versions.setdefault(article.id, [])
    if held and held[0].article.text_sha256 != article.text_sha256:
        raise DocumentError(
            Fault(
                "is about another text than the version before it.",
                "Compare annotations of one text.",
                source,
                article.id,
            )
        )
    held.append(document)
