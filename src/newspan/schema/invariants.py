"""What must hold in every document, checked on every read; all faults together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from newspan.errors import DocumentError, Fault
from newspan.schema.model import (
    FRAGMENT_JOINT,
    RELATIONS,
    AnySpan,
    Article,
    Document,
    Fragment,
    Relation,
    Span,
    layer_of,
    relation_id,
)
from newspan.text import fingerprint, paragraph_fingerprints

__all__ = ["check", "crossing", "document_faults", "in_order", "slice_text"]


def in_order(
    article: Article, spans: Iterable[AnySpan], relations: Iterable[Relation] = ()
) -> Document:
    """The document of these, spans and relations in the order of the tables."""
    return Document(
        article=article,
        spans=tuple(sorted(spans, key=lambda s: (s.start, s.end, s.id))),
        relations=tuple(sorted(relations, key=lambda r: r.id)),
    )


def slice_text(text: str, fragments: Sequence[Fragment]) -> str:
    """The words of a span: the fragments' slices of `text`, joined by FRAGMENT_JOINT."""
    if len(fragments) == 1:
        return text[fragments[0].start : fragments[0].end]
    return FRAGMENT_JOINT.join(text[f.start : f.end] for f in fragments)


def check(document: Document, path: Path | None = None) -> Document:
    """Return the document unchanged, or raise DocumentError with all its faults."""
    faults = tuple(document_faults(document, path))
    if faults:
        raise DocumentError(*faults)
    return document


def document_faults(document: Document, path: Path | None = None) -> Iterator[Fault]:
    """Every breach of the model's invariants, in the order article, spans, relations."""
    article = document.article

    def fault(message: str, remedy: str, span_id: str | None = None) -> Fault:
        return Fault(message, remedy, path, article.id, span_id)

    for message, remedy in _article_breaches(document):
        yield fault(message, remedy)
    for span in document.spans:
        if span.id.partition("/")[0] != article.id:
            yield fault(
                "its id names another article.", "A span id is article/pass/region.", span.id
            )
        for message, remedy in _span_breaches(span, article.text, article.n_chars):
            yield fault(message, remedy, span.id)
    for span_id, count in Counter(s.id for s in document.spans).items():
        if count > 1:
            yield fault(f"{count} spans have this id.", "Give each span its own.", span_id)
    yield from _crossings(document, path)
    for span_id, message, remedy in _relation_breaches(document):
        yield fault(message, remedy, span_id)


def _article_breaches(document: Document) -> Iterator[tuple[str, str]]:
    article = document.article
    if article.text is None:
        return
    if len(article.text) != article.n_chars:
        yield (
            f"n_chars is {article.n_chars} but the text has {len(article.text)} characters.",
            "Count Unicode code points.",
        )
    try:
        found = fingerprint(article.text)
    except UnicodeEncodeError as error:
        yield f"character {error.start} of the text is a lone surrogate.", "Mend the source."
        return
    if found != article.text_sha256:
        yield (
            "the text is not the one whose SHA-256 is recorded.",
            "Restore the text, or annotate the new one as a new version.",
        )
    elif paragraph_fingerprints(article.text) != article.paragraph_sha256:
        yield (
            "paragraph_sha256 is not that of the text's paragraphs.",
            "Make the digests again from the text.",
        )


def _span_breaches(span: Span, text: str | None, n_chars: int) -> Iterator[tuple[str, str]]:
    fragments = span.fragments
    if (span.start, span.end) != (fragments[0].start, fragments[-1].end):
        yield (
            (
                f"start and end are {span.start}, {span.end} but its fragments run from "
                f"{fragments[0].start} to {fragments[-1].end}."
            ),
            "start and end are the hull of the fragments.",
        )
    for f in fragments:
        yield from _fragment_breaches(f, text, n_chars)
    if any(b.start <= a.end for a, b in pairwise(fragments)):
        yield "its fragments touch or are out of order.", "Order them; join those that touch."
    if text is None:
        if span.text is not None:
            yield "it holds words of a stand-off article.", "Run `newspan dehydrate`."
    elif span.text != (found := slice_text(text, fragments)):
        yield (
            f"its text is {_short(span.text)} but the article has {_short(found)} there.",
            "Offsets are Unicode code points, end exclusive; mark the span again.",
        )
    source = span.derived_from
    if source is not None and source.partition("/")[0] == span.id.partition("/")[0]:
        yield "derived_from names a span of the same article.", "Name the source's span."


def _fragment_breaches(
    fragment: Fragment, text: str | None, n_chars: int
) -> Iterator[tuple[str, str]]:
    start, end = fragment.start, fragment.end
    if start >= end:
        yield f"fragment [{start}, {end}) is empty or swapped.", "start must be below end."
    elif start < 0:
        yield f"fragment [{start}, {end}) begins before the text.", "Offsets count from 0."
    elif end > n_chars:
        yield (
            f"fragment [{start}, {end}) ends past the text, which has {n_chars} characters.",
            "Offsets are code points into the normalised text.",
        )
    elif text is not None and (text[start : start + 1].isspace() or text[end - 1 : end].isspace()):
        yield (
            f"fragment [{start}, {end}) begins or ends with white space.",
            "Leave the white space outside.",
        )


def _crossings(document: Document, path: Path | None) -> Iterator[Fault]:
    by_layer: dict[str, list[tuple[int, int, str]]] = {}
    for span in document.spans:
        places = by_layer.setdefault(layer_of(span), [])
        places += [(f.start, f.end, span.id) for f in span.fragments if f.start < f.end]
    for layer, places in by_layer.items():
        for (start, end), (low, high), span_id in crossing(places):
            yield Fault(
                f"{layer} [{start}, {end}) crosses {layer} [{low}, {high}).",
                "Spans of one layer may nest but not cross.",
                path,
                document.article.id,
                span_id,
            )


def crossing(
    places: Sequence[tuple[int, int, str]],
) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    """(place, place it crosses, its span) of each place that crosses an earlier one.

    One pass over the places, longest first where two begin together, with a stack of those
    that are open. A place that crosses is left out of it, so the others are judged fairly.
    """
    stack: list[tuple[int, int]] = []
    for start, end, span_id in sorted(places, key=lambda p: (p[0], -p[1], p[2])):
        while stack and stack[-1][1] <= start:
            stack.pop()
        if stack and end > stack[-1][1]:
            yield (start, end), stack[-1], span_id
        else:
            stack.append((start, end))


def _relation_breaches(document: Document) -> Iterator[tuple[str, str, str]]:
    layers = {span.id: layer_of(span) for span in document.spans}
    for relation in document.relations:
        rule = RELATIONS[relation.type]
        wanted = relation_id(relation.head, relation.type, relation.tail)
        if relation.id != wanted:
            yield relation.id, f"the id of the relation should be {wanted}.", "Write it so."
        for end, span_id, allowed in (
            ("head", relation.head, rule.heads),
            ("tail", relation.tail, rule.tails),
        ):
            layer = layers.get(span_id)
            if layer is None:
                yield (
                    span_id,
                    f"{relation.type} has a {end} that is no span of the article.",
                    "Draw the relation again or remove it.",
                )
            elif layer not in allowed:
                yield (
                    span_id,
                    f"the {end} of {relation.type} is a {layer}.",
                    f"It must be: {', '.join(sorted(allowed))}.",
                )
    for arc, count in Counter(r.id for r in document.relations).items():
        if count > 1:
            yield arc, f"{count} relations are the same.", "Keep one."


def _short(words: str | None) -> str:
    return repr(words if words is None or len(words) <= 60 else words[:57] + "...")
