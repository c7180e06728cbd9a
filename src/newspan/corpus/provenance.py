"""Retold figures and quotes against the spans of the source they render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from newspan.errors import Fault
from newspan.schema.model import Document, Number, Quote, Span

__all__ = ["derivation_faults"]

_FIGURE = ("value", "low", "high", "unit")


def derivation_faults(documents: Iterable[Document]) -> Iterator[Fault]:
    """What is wrong with `based_on` and `derived_from` of the retold documents.

    Every number and quote of a retold article must name a span of a source it is based on,
    with the same value, bounds and unit, or the same speakers.
    """
    by_id = {d.article.id: d for d in documents}
    spans = {s.id: s for d in by_id.values() for s in d.spans}
    speakers = _speakers(by_id.values())
    for document in by_id.values():
        article = document.article
        if article.origin != "retold":
            continue
        yield from _source_faults(document, by_id)
        for span in document.spans:
            if isinstance(span, Number | Quote):
                message = _difference(span, article.based_on, spans, speakers)
                if message is not None:
                    yield Fault(
                        message,
                        "Correct the span, or name the right one in derived_from.",
                        article_id=article.id,
                        span_id=span.id,
                    )


def _source_faults(document: Document, by_id: Mapping[str, Document]) -> Iterator[Fault]:
    article = document.article
    if not article.based_on:
        yield Fault("is retold but based_on is empty.", "Name its source.", article_id=article.id)
    for source in article.based_on:
        if source not in by_id:
            yield Fault(
                f"is based on {source!r}, which is no article.", "Correct it.",
                article_id=article.id,
            )  # fmt: skip
        elif by_id[source].article.story != article.story:
            yield Fault(
                f"is based on {source!r}, which is of another story.",
                "A retelling and its sources are one story.",
                article_id=article.id,
            )


def _difference(
    span: Number | Quote,
    based_on: tuple[str, ...],
    spans: Mapping[str, Span],
    speakers: Mapping[str, tuple[str | None, ...]],
) -> str | None:
    if span.derived_from is None:
        return "a retold number or quote names no source span."
    source = spans.get(span.derived_from)
    if source is None:
        return f"derived_from names {span.derived_from}, which is no span."
    if span.derived_from.partition("/")[0] not in based_on:
        return f"derived_from names {span.derived_from}, which is not of a source."
    if type(source) is not type(span):
        return f"derived_from names {span.derived_from}, which is of another layer."
    if isinstance(span, Number):
        for name in _FIGURE:
            own, theirs = getattr(span, name), getattr(source, name)
            if own != theirs:
                return f"{name} is {own} but {theirs} in the source span {source.id}."
    elif speakers.get(span.id) != speakers.get(source.id):
        return (
            f"is said by {speakers.get(span.id)} but the source span {source.id} by "
            f"{speakers.get(source.id)}."
        )
    return None


def _speakers(documents: Iterable[Document]) -> dict[str, tuple[str | None, ...]]:
    """Quote id to the entities of its speakers, sorted."""
    found: dict[str, list[str | None]] = {}
    for document in documents:
        entity = {s.id: getattr(s, "entity", None) for s in document.spans}
        for relation in document.relations:
            if relation.type == "said_by":
                found.setdefault(relation.head, []).append(entity[relation.tail])
    return {quote: tuple(sorted(keys, key=str)) for quote, keys in found.items()}
