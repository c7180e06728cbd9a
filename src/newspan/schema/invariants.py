"""What must hold in every document, checked on every read; all faults together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from newspan.errors import DocumentError, Fault
from newspan.schema.model import FRAGMENT_JOINT, RELATIONS, Document, Fragment, Span, layer_of
from newspan.text import fingerprint, first_crossing

__all__ = ["check", "document_faults", "slice_text"]


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
    if fingerprint(article.text) != article.text_sha256:
        yield (
            "the text is not the one whose SHA-256 is recorded.",
            "Restore the text, or annotate the new one as a new version.",
        )


def _span_breaches(span: Span, text: str | None, n_chars: int) -> Iterator[tuple[str, str]]:
    fragments = span.fragments
    if (span.start, span.end) != (fragments[0].start, fragments[-1].end):
        yield (
            f"start and end are {span.start}, {span.end} but its fragments run from "
            f"{fragments[0].start} to {fragments[-1].end}.",
            "start and end are the hull of the fragments.",
        )
    for fragment in fragments:
        yield from _fragment_breaches(fragment, text, n_chars)
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
    own = f"{span.id.rpartition('/')[0]}/"
    if span.derived_from is not None and span.derived_from.startswith(own):
        yield "derived_from names a span of the same article.", "Name the source's span."


def _fragment_breaches(f: Fragment, text: str | None, n_chars: int) -> Iterator[tuple[str, str]]:
    if f.start >= f.end:
        yield f"fragment [{f.start}, {f.end}) is empty or swapped.", "start must be below end."
    if f.end > n_chars:
        yield (
            f"fragment [{f.start}, {f.end}) ends past the text, which has {n_chars} characters.",
            "Offsets are code points into the normalised text.",
        )
    elif text is not None and text[f.start : f.end] != text[f.start : f.end].strip():
        yield (
            f"fragment [{f.start}, {f.end}) begins or ends with white space.",
            "Leave the white space outside.",
        )


def _crossings(document: Document, path: Path | None) -> Iterator[Fault]:
    by_layer: dict[str, list[Span]] = {}
    for span in document.spans:
        by_layer.setdefault(layer_of(span), []).append(span)
    for layer, spans in by_layer.items():
        crossing = first_crossing((f.start, f.end) for s in spans for f in s.fragments)
        if crossing is not None:
            first, second = crossing
            owner = next(s.id for s in spans for f in s.fragments if (f.start, f.end) == second)
            yield Fault(
                f"{layer} [{second[0]}, {second[1]}) crosses {layer} [{first[0]}, {first[1]}).",
                "Spans of one layer may nest but not cross.",
                path,
                document.article.id,
                owner,
            )


def _relation_breaches(document: Document) -> Iterator[tuple[str, str, str]]:
    layers = {span.id: layer_of(span) for span in document.spans}
    for relation in document.relations:
        rule = RELATIONS[relation.type]
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
    for relation_id, count in Counter(r.id for r in document.relations).items():
        if count > 1:
            yield relation_id, f"{count} relations are the same.", "Keep one."


def _short(words: str | None) -> str:
    return repr(words if words is None or len(words) <= 60 else words[:57] + "...")
