"""The spans of a document of ours, as they are after what was changed in spaCy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import IMPORTED, bare_id, bare_span
from newspan.formats.docbin.packed import Packed, Piece
from newspan.formats.docbin.stored import Stored, short_ids
from newspan.formats.labels import kind_of
from newspan.schema.fields import fields_of, typed
from newspan.schema.invariants import slice_text
from newspan.schema.model import LAYERS, AnySpan, Article, Span, layer_of

__all__ = ["group_faults", "spans_of"]

_PLACE = ("id", "fragments", "start", "end", "text")
_REGION = re.compile("[A-Za-z0-9_-]{1,40}")


def spans_of(packed: Packed, stored: Stored, article: Article) -> Iterator[AnySpan]:
    """The spans of the groups, with what is stored of them; then those that are only stored.

    A stored span is gone where its layer has a group that lacks it, unless spaCy could not hold
    it. Raises DocumentError for labels and places that cannot be.
    """
    groups = {} if article.text is None else packed.groups
    found = list(_grouped(groups, {span.id: span for span in stored.spans}, article))
    yield from found
    here = {span.id for span in found}
    for span in stored.spans:
        free = span.id in stored.not_on_tokens or layer_of(span) not in groups
        if free and span.id not in here:
            words = None if article.text is None else slice_text(article.text, span.fragments)
            yield msgspec.structs.replace(span, text=words)


def _grouped(
    groups: Mapping[str, list[Piece]], known: Mapping[str, AnySpan], article: Article
) -> Iterator[AnySpan]:
    """The spans of the groups that are called as layers."""
    text = article.text or ""
    full = {short: name for name, short in short_ids(known).items()}
    taken = Counter[str]()
    used = set(known)
    told = (group_faults(groups.get(layer, []), layer, article.id, text) for layer in LAYERS)
    if faults := tuple(chain.from_iterable(told)):
        raise DocumentError(*faults)
    for layer in LAYERS:
        for name, pieces in _joined(groups.get(layer, [])):
            span_id = full.get(name) or _new_id(name, layer, article.id, taken, used)
            place = [(piece.start, piece.end) for piece in pieces]
            kinds = (kind_of(piece.label, layer) for piece in pieces)
            type_ = next((kind[1] for kind in kinds if kind and kind[1]), None)
            given = _given(layer, known.get(span_id), type_)
            yield bare_span(layer, span_id, place, text, given)


def _joined(pieces: Iterable[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """The pieces of each span, which have its id in common; those without id stand alone."""
    found: dict[str, list[Piece]] = {}
    for piece in sorted(pieces, key=lambda p: (p.start, -p.end)):
        if piece.name:
            found.setdefault(piece.name, []).append(piece)
        else:
            yield "", [piece]
    yield from found.items()


def _new_id(name: str, layer: str, article: str, taken: Counter[str], used: set[str]) -> str:
    """The id of a span that was made in spaCy: of the id it has there, if that can be."""
    found = f"{article}/{IMPORTED}/{name}"
    if not _REGION.fullmatch(name):
        found = bare_id(article, layer, taken)
    while found in used:
        found = bare_id(article, layer, taken)
    used.add(found)
    return found


def _given(layer: str, known: AnySpan | None, type_: str | None) -> dict[str, Any]:
    """What is known of a span: all that is stored, or what goes with it to another layer."""
    given: dict[str, Any] = {}
    if known is not None:
        kept = fields_of(type(known) if layer_of(known) == layer else Span)
        given = {f.name: getattr(known, f.name) for f in kept if f.name not in _PLACE}
    return given | typed(layer, type_)


def group_faults(
    pieces: Sequence[Piece], group: str, article: str, text: str
) -> Iterator[Fault]:  # fmt: skip
    """What is wrong with the spans of a group, or of `doc.ents` if its name is empty.

    A label of no layer is told once, with the first words that have it.
    """
    where = f"doc.spans[{group!r}]" if group else "doc.ents"
    layer = group if group in LAYERS else ""
    unknown = Counter(p.label for p in pieces if kind_of(p.label, layer) is None)
    for label, count in unknown.items():
        first = next(p for p in pieces if p.label == label)
        yield Fault(
            f"{count} spans in {where} have the label {label!r}, which is no label of "
            f"{layer or 'any layer'}; the first is {_words(first, text)}.",
            f"Take them out, or label them actor:person and so on: {', '.join(LAYERS)}.",
            article_id=article,
        )
    for piece in pieces:
        if piece.said != (piece.start, piece.end):
            yield Fault(
                f"a span in {where} is said to be at {piece.said[0]} to {piece.said[1]}, but its "
                f"tokens {_words(piece, text)} are at {piece.start} to {piece.end}.",
                "Save the file again with spaCy.",
                article_id=article,
            )


def _words(piece: Piece, text: str) -> str:
    return repr(text[piece.start : min(piece.end, piece.start + 60)])
