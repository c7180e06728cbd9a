"""Regions to spans: fragments folded along `continues`; only what is whole is let through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from newspan.formats.label_studio.findings import Findings
from newspan.formats.label_studio.regions import Arc, Region
from newspan.schema.fields import attributes
from newspan.schema.invariants import document_faults, in_order, slice_text
from newspan.schema.labelling import CONTINUES
from newspan.schema.model import (
    LAYERS,
    RELATIONS,
    AnySpan,
    Article,
    Document,
    Fragment,
    Relation,
    Span,
    layer_of,
    region_of,
    relation_id,
)

__all__ = ["fold"]

_REQUIRED = {layer: tuple(f.name for f in attributes(layer) if f.required) for layer in LAYERS}


def fold(
    article: Article,
    regions: Mapping[str, Region],
    arcs: Sequence[Arc],
    common: Mapping[str, str],
    found: Findings,
) -> Document | None:
    """The document of the regions that are whole; it breaks no invariant.

    What is unfinished or wrong becomes a fault and is kept aside. None if the article
    itself is at fault.
    """
    chains = _chains(regions, arcs, found)
    heads = {member: chain[0] for chain in chains for member in chain}
    spans = {}
    for chain in chains:
        span = _span(article, chain, regions, common, found)
        if span is not None:
            spans[span.id] = span
    relations = {}
    for head, label, tail in arcs:
        if label != CONTINUES:
            ends = [f"{found.prefix}/{heads[region]}" for region in (head, tail)]
            relation = _relation(ends[0], label, ends[1], spans, found)
            if relation is not None:
                relations[relation.id] = relation
    return _without_breaches(article, spans, relations, found)


def _chains(regions: Mapping[str, Region], arcs: Sequence[Arc], found: Findings) -> list[list[str]]:
    """The regions of each span, in the order of the text.

    A link that forks, loops or joins two layers is left out.
    """
    follows: dict[str, str] = {}
    preceded: set[str] = set()
    for head, label, tail in arcs:
        if label != CONTINUES or follows.get(head) == tail:
            continue
        at = tail
        while at != head and at in follows:
            at = follows[at]
        if at == head or head in follows or tail in preceded:
            found.fault(f"`continues` to {tail} forks or loops.", "Draw one chain.", head)
        elif regions[head].layer != regions[tail].layer:
            found.fault(f"`continues` to {tail} joins two layers.", "Remove it.", head)
        else:
            follows[head] = tail
            preceded.add(tail)
            continue
        found.keep(head, f"continues {tail}", "left out")
    chains = []
    for region in regions:
        if region not in preceded:
            chain = [region]
            while chain[-1] in follows:
                chain.append(follows[chain[-1]])
            chains.append(chain)
    return chains


def _span(
    article: Article,
    chain: Sequence[str],
    regions: Mapping[str, Region],
    common: Mapping[str, str],
    found: Findings,
) -> Span | None:
    """The span of a chain, which has the id of the first region drawn."""
    region, parts = chain[0], [regions[member] for member in chain]
    layer = parts[0].layer
    values = _values(region, parts, found)
    places = sorted((part.start, part.end) for part in parts)
    record = {
        **common, **values, "layer": layer, "id": f"{found.prefix}/{region}",
        "fragments": places, "start": places[0][0], "end": places[-1][1],
    }  # fmt: skip
    missing = [name for name in _REQUIRED[layer] if name not in values]
    if missing:
        found.fault(f"the {layer} has no {', '.join(missing)}.", "Fill in the form.", region)
        found.keep(region, "unfinished", record)
        return None
    if article.text is not None:
        record["text"] = slice_text(article.text, [Fragment(*place) for place in places])
    try:
        made: Span = msgspec.convert(record, AnySpan)
    except msgspec.ValidationError as error:
        found.fault(f"{error}.", "See the data dictionary.", region)
        found.keep(region, "unfinished", record)
        return None
    return made


def _values(region: str, parts: Sequence[Region], found: Findings) -> dict[str, Any]:
    """What the fragments of a span say together; each may carry a part of it."""
    values: dict[str, Any] = {}
    for part in parts:
        for name, value in {**part.extra, **part.attributes}.items():
            if values.setdefault(name, value) != value:
                found.fault(f"its fragments differ in {name}.", "Keep one value.", region)
                found.keep(region, name, value)
    notes = list(dict.fromkeys(note for part in parts for note in part.notes))
    return {**values, "note": "\n".join(notes)} if notes else values


def _relation(
    head: str, kind: str, tail: str, spans: Mapping[str, Span], found: Findings
) -> Relation | None:
    region = region_of(head)
    if head not in spans or tail not in spans:
        found.keep(region, f"{kind} {region_of(tail)}", "one end is unfinished")
        return None
    rule = RELATIONS[kind]
    for end, span_id, allowed in (("head", head, rule.heads), ("tail", tail, rule.tails)):
        layer = layer_of(spans[span_id])
        if layer not in allowed:
            found.fault(
                f"the {end} of {kind} is a {layer}.",
                f"It must be: {', '.join(sorted(allowed))}.",
                region_of(span_id),
            )
            found.keep(region, f"{kind} {region_of(tail)}", "joins layers that it must not")
            return None
    return Relation(id=relation_id(head, kind, tail), type=kind, head=head, tail=tail)  # type: ignore[arg-type]


def _without_breaches(
    article: Article,
    spans: Mapping[str, Span],
    relations: Mapping[str, Relation],
    found: Findings,
) -> Document | None:
    """The document without the spans that break an invariant, and their relations."""
    while True:
        document = in_order(article, spans.values(), relations.values())  # type: ignore[arg-type]
        faults = list(document_faults(document, found.path))
        if not faults:
            return document
        found.faults += faults
        broken = {name for fault in faults if (name := fault.span_id) in spans}
        if not broken:
            return None
        for span_id in sorted(filter(None, broken)):
            record = msgspec.to_builtins(spans[span_id])
            found.keep(region_of(span_id), "unfinished", record)
        spans = {k: v for k, v in spans.items() if k not in broken}
        for relation in relations.values():
            if broken & {relation.head, relation.tail}:
                key = f"{relation.type} {region_of(relation.tail)}"
                found.keep(region_of(relation.head), key, "one end is unfinished")
        relations = {k: r for k, r in relations.items() if not broken & {r.head, r.tail}}
