"""A document laid open for the rules that look for phenomena: spans by layer, relations by end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from newspan.schema.model import AnySpan, Document, Location, Number, Quote

__all__ = ["Reading"]


class Reading:
    """One document. Rules that need words find none in a stand-off document without its text."""

    def __init__(self, document: Document) -> None:
        """Index the relations of a document by type and head, and its spans by id."""
        self.document = document
        self.text = document.article.text or ""
        self.spans = {span.id: span for span in document.spans}
        self._tails: dict[tuple[str, str], list[AnySpan]] = defaultdict(list)
        self._heads: dict[tuple[str, str], list[AnySpan]] = defaultdict(list)
        for arc in document.relations:
            self._tails[arc.type, arc.head].append(self.spans[arc.tail])
            self._heads[arc.type, arc.tail].append(self.spans[arc.head])

    @cached_property
    def quotes(self) -> list[Quote]:
        """The quotes, in the order of the text."""
        return [s for s in self.document.spans if isinstance(s, Quote)]

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers, in the order of the text."""
        return [s for s in self.document.spans if isinstance(s, Number)]

    @cached_property
    def locations(self) -> list[Location]:
        """The locations, in the order of the text."""
        return [s for s in self.document.spans if isinstance(s, Location)]

    def tails(self, kind: str, head: AnySpan) -> list[AnySpan]:
        """What the relations of a type lead to from a span."""
        return self._tails[kind, head.id]

    def heads(self, kind: str, tail: AnySpan) -> list[AnySpan]:
        """Where the relations of a type to a span come from."""
        return self._heads[kind, tail.id]

    def outer(self, quote: Quote) -> Iterator[Quote]:
        """The quotes of which a fragment holds this one."""
        for other in self.quotes:
            if other is not quote and any(
                f.start <= quote.start and quote.end <= f.end and
                (f.start, f.end) != (quote.start, quote.end)
                for f in other.fragments
            ):  # fmt: skip
                yield other

    def before(self, span: AnySpan, width: int) -> str:
        """The characters before a span, at most `width`."""
        return self.text[max(0, span.start - width) : span.start]
