"""Documents as Web Annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from newspan.formats.labels import label_of
from newspan.formats.w3c.terms import (
    ABOUT_ARTICLE,
    ABOUT_SPAN,
    ARTICLE,
    ATTRIBUTES,
    METADATA,
    RELATION,
    SPAN,
    TERM,
    article_fields,
    span_fields,
)
from newspan.schema.fields import Field, main_attribute
from newspan.schema.invariants import check
from newspan.schema.model import AnySpan, Article, Document, Fragment, Relation, layer_of

__all__ = ["encode"]

AROUND = 32
"""Code points of prefix and suffix: usual among tools; the Recommendation gives no number."""


def encode(documents: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """The annotations of each document: its article's, its spans', its relations'."""
    for document in documents:
        article = check(document).article
        yield _described(article)
        for span in document.spans:
            yield _span(span, article)
        for arc in document.relations:
            yield _arc(arc)


def _described(article: Article) -> dict[str, Any]:
    target = {
        "id": ARTICLE + article.id,
        "type": "Text",
        "format": "text/plain",
        "language": article.language,
    }
    if article.text is not None:
        target["value"] = article.text
    body = {"id": METADATA + article.id, "type": ["Dataset", ABOUT_ARTICLE]}
    return {
        "id": f"{METADATA}{article.id}#annotation",
        "type": "Annotation",
        "motivation": "describing",
        "body": body | _terms(article, article_fields()),
        "target": target,
    }


def _span(span: AnySpan, article: Article) -> dict[str, Any]:
    layer = layer_of(span)
    main = main_attribute(layer)
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": label_of(span)},
        {"id": ATTRIBUTES + span.id, "type": ["Dataset", ABOUT_SPAN]}
        | _terms(span, span_fields(layer, main)),
    ]
    if span.note is not None:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": span.note})
    targets = [_target(part, article) for part in span.fragments]
    return {
        "id": SPAN + span.id,
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {
            "type": "Person" if span.annotator_kind == "human" else "Software",
            "name": span.annotator,
        },
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(part: Fragment, article: Article) -> dict[str, Any]:
    start, end = part.start, part.end
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if (text := article.text) is not None:
        selectors.append(
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            }
        )
    return {"type": "SpecificResource", "source": ARTICLE + article.id, "selector": selectors}


def _arc(arc: Relation) -> dict[str, Any]:
    return {
        "id": RELATION + arc.id,
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": arc.type},
            {"type": "SpecificResource", "purpose": "linking", "source": SPAN + arc.tail},
        ],
        "target": SPAN + arc.head,
    }


def _terms(record: msgspec.Struct, fields: Iterable[Field]) -> dict[str, Any]:
    """The fields that have a value, as terms of ours."""
    values = ((f.name, msgspec.to_builtins(getattr(record, f.name))) for f in fields)
    return {TERM + name: _plain(value) for name, value in values if value is not None}


def _plain(value: Any) -> Any:
    """The value; where it is a record, with its fields as terms too."""
    if isinstance(value, dict):
        return {TERM + k: _plain(v) for k, v in value.items() if v is not None}
    return value
