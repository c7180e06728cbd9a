"""Several annotations of one article: refused where only one may stand, or one chosen.

JSON Lines and Label Studio hold every pass of an article, each as a document of its own. The
tables of a corpus hold one annotation of an article, in the end the adjudicated one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from newspan.errors import DocumentError, Fault
from newspan.schema.model import Document

__all__ = ["Choice", "one_each"]

REMEDY = (
    "Tables hold one: adjudicate them, choose with `newspan convert --annotator NAME`, "
    "or convert to JSON Lines, which hold both."
)


def one_each(documents: Iterable[Document], path: Path | None = None) -> Iterator[Document]:
    """The documents, as long as each is about another article.

    Raises DocumentError, naming who annotated an article, at the second about it.
    """
    seen: dict[str, tuple[str, str] | None] = {}
    for document in documents:
        name, who = document.article.id, _maker(document)
        if name in seen:
            raise DocumentError(_twice(name, seen[name], who, path))
        seen[name] = who
        yield document


class Choice:
    """The documents by the annotators that are named, the first named before the others.

    A name is that of an annotator, a model or a pass. A document without spans says not whose
    it is; it is taken where nobody named has marked anything in its article.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.left_out = 0
        """Articles that others alone have annotated."""
        self._names = names
        self._makers: dict[str, None] = {}

    def of(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents chosen; those of an article must be adjacent.

        Raises DocumentError at the end for a name that nobody has.
        """
        met: set[str] = set()
        for _, group in groupby(documents, key=lambda document: document.article.id):
            passes = [(_maker(document), document) for document in group]
            met.update(name for maker, _ in passes for name in maker or ())
            self._makers |= {maker[0]: None for maker, _ in passes if maker}
            found = self._chosen(passes)
            self.left_out += not found
            yield from found
        if unknown := [name for name in self._names if name not in met]:
            there = ", ".join(self._makers) or "none"
            raise DocumentError(
                *(Fault(f"nobody called {name} marked anything here.", f"There are: {there}.")
                  for name in unknown)
            )  # fmt: skip

    def _chosen(self, passes: Sequence[tuple[tuple[str, str] | None, Document]]) -> list[Document]:
        for name in self._names:
            own = [document for maker, document in passes if maker and name in maker]
            if own:
                return own
        return [document for maker, document in passes if maker is None]


def _maker(document: Document) -> tuple[str, str] | None:
    """(annotator, pass) of a document; None where no span says so."""
    for span in document.spans:
        return span.annotator, span.id.split("/")[1]
    return None


def _twice(
    name: str, first: tuple[str, str] | None, second: tuple[str, str] | None, path: Path | None
) -> Fault:
    """The fault of an article that two documents are about."""
    if first is not None and first == second:
        remedy = "Leave one of the two tasks or lines out."
        return Fault(f"is there twice, both times by {first[0]}.", remedy, path, name)
    if first is None or second is None:
        makers = " and one ".join(f"by {m[0]}" if m else "without spans" for m in (first, second))
        said = f"one {makers}"
    elif first[0] != second[0]:
        said = f"by {first[0]} and {second[0]}"
    else:
        said = f"both by {first[0]}, as {first[1]} and {second[1]}"
    return Fault(f"has two annotations, {said}.", REMEDY, path, name)
