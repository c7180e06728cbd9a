"""Names that stand in the file: addresses, classes, and the context that explains them."""

from __future__ import annotations

from typing import Any

from newspan.schema.fields import Field, fields_of
from newspan.schema.model import LAYERS, Article

__all__ = [
    "ABOUT_ARTICLE", "ABOUT_SPAN", "ARTICLE", "ATTRIBUTES", "CONTEXT", "METADATA", "RELATION",
    "SPAN", "TERM", "article_fields", "span_fields",
]  # fmt: skip

TERM = "newspan:"
"""Before every term of ours; short for `urn:newspan:term:`."""
ARTICLE = "urn:newspan:article:"
SPAN = "urn:newspan:span:"
RELATION = "urn:newspan:relation:"
METADATA = "urn:newspan:metadata:"
ATTRIBUTES = "urn:newspan:attributes:"

ABOUT_ARTICLE, ABOUT_SPAN = f"{TERM}Article", f"{TERM}Span"
"""Classes of the Datasets that describe an article and a span."""

_ELSEWHERE = frozenset(
    {"id", "fragments", "start", "end", "text", "note", "annotator", "annotator_kind"}
)
"""Fields of a span that have a place of their own in an annotation."""


def span_fields(layer: str, main: Field | None) -> list[Field]:
    """The fields of a layer that its Dataset holds; the main attribute is in the tag."""
    return [f for f in fields_of(LAYERS[layer]) if f.name not in _ELSEWHERE and f != main]


def article_fields() -> list[Field]:
    """The fields of an article that its Dataset holds: all but the text."""
    return [f for f in fields_of(Article) if f.name != "text"]


def _context() -> list[Any]:
    ordered = {
        f"{TERM}{f.name}": {"@id": f"urn:newspan:term:{f.name}", "@container": "@list"}
        for f in fields_of(Article)
        if f.base is tuple
    }
    return ["http://www.w3.org/ns/anno.jsonld", {"newspan": "urn:newspan:term:", **ordered}]


CONTEXT = _context()
"""The published context, which is never fetched, and ours: lists keep their order."""
