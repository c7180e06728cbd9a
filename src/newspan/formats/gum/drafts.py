"""Spans made from GUM's annotation: a pass of its own, by an annotator whose name says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from newspan.formats.bare import bare_span
from newspan.formats.gum.report import Place
from newspan.schema.invariants import crossing
from newspan.schema.model import AnySpan, Article, layer_of

__all__ = ["draft_span", "without_crossing"]

ANNOTATOR = "GUM (derived)"
"""Who marked the spans: GUM's annotators, but mapped to layers that they never saw."""
PASS = "gum"  # noqa: S105 -- the pass in the ids of spans


def draft_span(
    article: Article,
    layer: str,
    number: int,
    fragments: Sequence[Place],
    given: Mapping[str, Any],
) -> AnySpan:
    """A span of PASS, the `number`th of its layer, with attributes and note `given`."""
    maker = {"annotator": ANNOTATOR, "annotator_kind": "human", "status": "pass"}
    span_id = f"{article.id}/{PASS}/{layer}-{number}"
    return bare_span(layer, span_id, fragments, article.text or "", {**maker, **given})


def without_crossing(spans: Sequence[AnySpan]) -> tuple[AnySpan, ...]:
    """The spans in the order of the tables, without those that cross one of their layer.

    GUM's brackets may cross; the model's spans do not.
    """
    places: dict[str, list[tuple[int, int, str]]] = {}
    for span in spans:
        places.setdefault(layer_of(span), []).extend((f.start, f.end, span.id)
                                                     for f in span.fragments)  # fmt: skip
    gone = {span_id for found in places.values() for _, _, span_id in crossing(found)}
    kept = (span for span in spans if span.id not in gone)
    return tuple(sorted(kept, key=lambda s: (s.start, s.end, s.id)))
