"""What a document has that a format cannot hold: named, and taken out where that is allowed.

An adapter says in HOLDS, in the terms of `LOSABLE`, what its format carries. `held` gives a
document back as the format will: encoding what is held and decoding it gives the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import bare_article, bare_id, bare_span
from newspan.schema.fields import attributes, main_attribute
from newspan.schema.invariants import in_order, slice_text
from newspan.schema.model import AnySpan, Document, Relation, layer_of, relation_id

__all__ = ["LOSABLE", "held", "holding", "said"]

LOSABLE = {
    "article": "articles with more metadata than an id",
    "attributes": "spans with attributes other than their type",
    "discontinuous": "spans in fragments, which become a span a fragment",
    "entities": "spans with the key of an entity",
    "ids": "spans with ids of their own",
    "nested": "spans inside a span of their layer, which are left out",
    "note": "spans with a note",
    "provenance": "spans that say who made them",
    "relations": "relations",
    "score": "spans with a score",
    "standoff": "articles without their text, which are left out",
}
"""What a format may be unable to hold: the term of HOLDS, and what is lost in plain words.

The key of an entity is one of the attributes: `entities` is for formats that have a place for
it and none for the others.
"""


def holding(
    documents: Iterable[Document],
    holds: Collection[str],
    name: str,
    allow_loss: bool = False,
    lost: Counter[str] | None = None,
) -> Iterator[Document]:
    """The documents as a format with these HOLDS carries them; `lost` counts what goes.

    Raises DocumentError after the last document where something would be lost and that is
    not allowed: all of it named, so that one look decides.
    """
    counts: Counter[str] = Counter() if lost is None else lost
    if len(holds) == len(LOSABLE):
        yield from documents
        return
    for document in documents:
        kept, gone = held(document, holds)
        counts.update(gone)
        if kept is not None:
            yield kept
    if counts.total() and not allow_loss:
        raise DocumentError(
            Fault(f"{name} cannot hold all of it: {said(counts)}.",
                  "Choose another format, or allow the loss with --allow-loss.")
        )  # fmt: skip


def said(counts: Counter[str]) -> str:
    """What was lost, in plain words, in the order of LOSABLE."""
    return "; ".join(f"{counts[term]:,} {LOSABLE[term]}" for term in LOSABLE if counts[term])


def held(document: Document, holds: Collection[str]) -> tuple[Document | None, Counter[str]]:
    """(the document as a format with these HOLDS carries it, how much of what is lost).

    The document is None where it is all lost: an article without its text.
    """
    lost: Counter[str] = Counter()
    article = document.article
    if article.text is None and "standoff" not in holds:
        lost["standoff"] += 1
        return None, lost
    if "article" not in holds and article.text is not None:
        plain = bare_article(article.id, article.text)
        lost["article"] += plain != article
        article = plain
    spans: Sequence[AnySpan] = document.spans
    if "nested" not in holds:
        spans = _outermost(spans, lost)
    renamed: dict[str, str] = {}
    if "discontinuous" not in holds:
        spans = list(_in_pieces(spans, article.text, lost))
    spans = [_plainer(span, holds, lost) for span in spans]
    if "ids" not in holds:
        spans = list(_renamed(spans, article.id, renamed, lost))
    arcs = _arcs(document.relations, spans, renamed, holds, lost)
    return in_order(article, spans, arcs), lost


def _outermost(spans: Sequence[AnySpan], lost: Counter[str]) -> list[AnySpan]:
    """The spans without those of which a fragment lies in another span of their layer."""
    ends: dict[str, int] = {}
    inner: set[str] = set()
    places = [(f.start, -f.end, s.id, layer_of(s)) for s in spans for f in s.fragments]
    for start, end, span_id, layer in sorted(places):
        if span_id in inner:
            continue
        if start < ends.get(layer, 0):
            inner.add(span_id)
        else:
            ends[layer] = -end
    lost["nested"] += len(inner)
    return [s for s in spans if s.id not in inner]


def _in_pieces(
    spans: Sequence[AnySpan], text: str | None, lost: Counter[str]
) -> Iterator[AnySpan]:  # fmt: skip
    """Each span in fragments as one span a fragment; the first keeps the id."""
    taken = {s.id for s in spans}
    for span in spans:
        lost["discontinuous"] += len(span.fragments) > 1
        for number, part in enumerate(span.fragments, start=1):
            name = span.id
            while number > 1 and name in taken:
                name += f"_{number}"
            taken.add(name)
            yield msgspec.structs.replace(
                span, id=name, fragments=(part,), start=part.start, end=part.end,
                text=None if text is None else slice_text(text, (part,)),
            )  # fmt: skip


def _plainer(span: AnySpan, holds: Collection[str], lost: Counter[str]) -> AnySpan:
    """The span without the values that the format has no place for."""
    plain = bare_span(layer_of(span), span.id, [(0, 0)], "")
    changes: dict[str, object] = {}
    groups = {
        "note": ("note",),
        "score": ("score",),
        "provenance": ("annotator", "annotator_kind", "status", "derived_from"),
        "attributes": tuple(n for n in _beyond_the_type(layer_of(span)) if n != "entity"),
        "entities": tuple(n for n in _beyond_the_type(layer_of(span)) if n == "entity"),
    }
    for term, names in groups.items():
        if term in holds or (term == "entities" and "attributes" in holds):
            continue
        gone = {n: getattr(plain, n) for n in names if getattr(span, n) != getattr(plain, n)}
        lost[term] += bool(gone)
        changes |= gone
    return msgspec.structs.replace(span, **changes) if changes else span


def _beyond_the_type(layer: str) -> tuple[str, ...]:
    own = main_attribute(layer)
    return tuple(f.name for f in attributes(layer) if own is None or f.name != own.name)


def _renamed(
    spans: Sequence[AnySpan], article: str, renamed: dict[str, str], lost: Counter[str]
) -> Iterator[AnySpan]:
    """The spans with ids made of layer and number, in the order of the text."""
    taken: Counter[str] = Counter()
    for span in sorted(spans, key=lambda s: (s.start, -s.end, s.id)):
        renamed[span.id] = bare_id(article, layer_of(span), taken)
        lost["ids"] += renamed[span.id] != span.id
        yield msgspec.structs.replace(span, id=renamed[span.id])


def _arcs(
    relations: Sequence[Relation],
    spans: Sequence[AnySpan],
    renamed: dict[str, str],
    holds: Collection[str],
    lost: Counter[str],
) -> tuple[Relation, ...]:
    """The relations between spans that are still there, with their new ids."""
    here = {s.id for s in spans}
    kept = []
    for arc in relations:
        head, tail = (renamed.get(end, end) for end in (arc.head, arc.tail))
        if "relations" not in holds or head not in here or tail not in here:
            lost["relations"] += 1
            continue
        kept.append(Relation(id=relation_id(head, arc.type, tail), type=arc.type,
                             head=head, tail=tail))  # fmt: skip
    return tuple(sorted(kept, key=lambda r: r.id))
