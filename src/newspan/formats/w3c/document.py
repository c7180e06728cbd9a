"""A source and the annotations of it as a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import bare_article, bare_attributes, bare_id, bare_span
from newspan.formats.labels import layer_of_label
from newspan.formats.w3c.parts import (
    Place,
    comments,
    creator,
    dataset,
    ends,
    first_id,
    places,
    tags,
)
from newspan.formats.w3c.terms import ABOUT_SPAN, SPAN, article_fields, span_fields
from newspan.schema.fields import main_attribute
from newspan.schema.invariants import check, in_order
from newspan.schema.model import RELATIONS, AnySpan, Article, Document, Relation, relation_id
from newspan.text import OffsetMap

__all__ = ["Source", "document"]


@dataclass
class Source:
    """A text and what is said of it. `about` is its metadata, None where there are none."""

    address: str
    article_id: str
    text: str | None = None
    about: dict[str, Any] | None = None
    marks: list[dict[str, Any]] = field(default_factory=list)
    arcs: list[dict[str, Any]] = field(default_factory=list)

    def tell(self, text: str | None, about: dict[str, Any] | None) -> None:
        """Take in a text or metadata. Raises DocumentError for a second, different text."""
        if text is not None and self.text not in (None, text):
            raise DocumentError(
                Fault("its text is given twice, differently.", "Keep one.",
                      article_id=self.article_id)
            )  # fmt: skip
        self.text = self.text if text is None else text
        if about is not None:
            self.about = about
            self.article_id = str(about.get("id", self.article_id))


def document(source: Source, utf16: bool) -> Document:
    """The document of a source; `utf16` says in which unit its positions are.

    Raises DocumentError with all its faults.
    """
    return _Reading(source, utf16).document()


class _Reading:
    """A document in the making, and the faults found so far."""

    def __init__(self, source: Source, utf16: bool) -> None:
        self._source = source
        self._article = _article(source)
        text = self._article.text
        self._units = OffsetMap(text, "utf-16") if utf16 and text is not None else None
        self._taken: Counter[str] = Counter()
        self._named = {first_id(mark) for mark in source.marks}
        self._ids: dict[str, str | None] = {}
        """Annotation to its span, None where it has faults."""
        self._faults: list[Fault] = []

    def document(self) -> Document:
        spans = [s for mark in self._source.marks if (s := self._span(mark)) is not None]
        arcs = [a for arc in self._source.arcs if (a := self._arc(arc)) is not None]
        if self._faults:
            raise DocumentError(*self._faults)
        return check(in_order(self._article, spans, arcs))

    def _span(self, mark: Mapping[str, Any]) -> AnySpan | None:
        name = first_id(mark) or ""
        self._ids[name] = None
        span_id = name.removeprefix(SPAN) if name.startswith(SPAN) else None
        try:
            layer, given = self._attributes(mark)
            parts = sorted(self._part(place) for place in places(mark))
            self._ids[name] = span_id = span_id or self._new_id(layer)
            text = self._article.text
            span = bare_span(layer, span_id, parts, text or "", given)
            return span if text is not None else msgspec.structs.replace(span, text=None)
        except DocumentError as error:
            self._faults += (replace(f, article_id=self._article.id) for f in error.faults)
        except ValueError as error:
            self._fault(f"{_said(name)}: {error}.",
                        "Positions are code points, end exclusive, and quotes the words there.",
                        span_id)  # fmt: skip
        return None

    def _attributes(self, mark: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """(layer, fields) of a span. Raises ValueError for a tag that is no label."""
        labels = tags(mark)
        found = layer_of_label(labels[0]) if len(labels) == 1 else None
        if found is None:
            raise ValueError(
                f"its tags are {labels!r}, not one label: layer:type, such as actor:person, or "
                "PER, ORG, LOC, GPE, FAC"
            )
        layer, type_ = found
        own = dataset(mark, ABOUT_SPAN) or {}
        known = {f.name for f in span_fields(layer, main_attribute(layer))}
        if unknown := sorted(own.keys() - known):
            raise ValueError(f"{layer} has no attribute {unknown[0]}")
        given: dict[str, Any] = {**bare_attributes(layer, type_), **own, **creator(mark)}
        note = comments(mark)
        return layer, given if note is None else given | {"note": note}

    def _part(self, place: Place) -> tuple[int, int]:
        """Where a target is, in code points. Raises ValueError where its quote is not there."""
        text = self._article.text
        if place.source != self._source.address:
            raise ValueError(f"its targets are in two sources, {place.source} too")
        if place.start is None or place.end is None:
            return _only_place(text, place)
        start, end = place.start, place.end
        if self._units is not None:
            start, end = self._units.to_points([start, end]).tolist()
        if text is not None and place.exact is not None and text[start:end] != place.exact:
            raise ValueError(
                f"it quotes {_short(place.exact)}, but at [{place.start}, {place.end}) the text "
                f"has {_short(text[start:end])}"
            )
        return start, end

    def _new_id(self, layer: str) -> str:
        made = bare_id(self._article.id, layer, self._taken)
        while SPAN + made in self._named:
            made = bare_id(self._article.id, layer, self._taken)
        return made

    def _arc(self, arc: Mapping[str, Any]) -> Relation | None:
        labels = tags(arc)
        kind: Any = labels[0] if len(labels) == 1 else None
        linked = [end or "" for end in ends(arc)]
        name = _said(first_id(arc) or "")
        if kind not in RELATIONS:
            self._fault(f"{name}: its tags are {labels!r}, not one type of relation.",
                        f"There are: {', '.join(RELATIONS)}.")  # fmt: skip
        elif lost := [end for end in linked if not end or end not in self._ids]:
            self._fault(f"{name}: links {lost[0] or 'nothing'}, which is no span of this source.",
                        "Draw the relation again or remove it.")  # fmt: skip
        else:
            head, tail = (self._ids[end] for end in linked)
            if head and tail:
                return Relation(id=relation_id(head, kind, tail), type=kind, head=head, tail=tail)
        return None

    def _fault(self, message: str, remedy: str, span_id: str | None = None) -> None:
        self._faults.append(Fault(message, remedy, article_id=self._article.id, span_id=span_id))


def _article(source: Source) -> Article:
    if source.about is None:
        if source.text is None:
            raise DocumentError(
                Fault(f"the text of {source.address} is not in the file.",
                      "Add an annotation whose target has this id, the type Text and the text "
                      "as value.", article_id=source.article_id)
            )  # fmt: skip
        return bare_article(source.article_id, source.text)
    known = {f.name for f in article_fields()}
    values = {name: value for name, value in source.about.items() if name in known}
    try:
        return msgspec.convert({**values, "text": source.text}, Article)
    except (msgspec.ValidationError, RecursionError) as error:
        raise DocumentError(
            Fault(f"its metadata have a value that is none: {error}.",
                  "schema/article.schema.json has the fields and their values.",
                  article_id=source.article_id)
        ) from error  # fmt: skip


def _only_place(text: str | None, place: Place) -> tuple[int, int]:
    """Where a quote stands that has no position. Raises ValueError unless it is one place."""
    words = f"{place.prefix}{place.exact}{place.suffix}"
    found = list(_occurrences(text or "", words))
    if len(found) != 1 or not place.exact:
        raise ValueError(f"it quotes {_short(place.exact or '')}, which stands "
                         f"{len(found)} times in the text, and has no position")  # fmt: skip
    start = found[0] + len(place.prefix)
    return start, start + len(place.exact)


def _occurrences(text: str, words: str) -> Iterator[int]:
    """Where the words begin; no more than two places are looked for."""
    first = text.find(words)
    if first >= 0:
        yield first
        second = text.find(words, first + 1)
        if second >= 0:
            yield second


def _said(name: str) -> str:
    return f"the annotation {name}" if name else "an annotation without id"


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:57] + "...")
