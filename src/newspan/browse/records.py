"""Documents as the compact records that the page's script unfolds."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from newspan.browse.shelf import Shelf
from newspan.browse.stories import story_records
from newspan.schema.fields import attributes
from newspan.schema.labelling import layers_json
from newspan.schema.model import LAYERS, RELATIONS, Document, Span, layer_of, region_of

__all__ = ["chunks", "overview"]

CHUNK = 16
"""Articles packed together: enough for words that come again to pay, few enough to open one."""

_LAYERS = list(LAYERS)
_RELATIONS = list(RELATIONS)


def overview(shelf: Shelf) -> dict[str, Any]:
    """All that is needed before an article is opened."""
    stories = story_records(shelf.documents(), shelf.entities)
    return {
        "chunk": CHUNK,
        "layers": [_layer(row) for row in layers_json()["layers"]],
        "relations": [{"type": t, "meaning": rule.meaning} for t, rule in RELATIONS.items()],
        "entities": {e.id: [e.name or e.id, e.kind, e.type] for e in shelf.entities.values()},
        "articles": [_article(versions) for versions in shelf.versions.values()],
        "stories": stories,
        "findings": [list(msgspec.structs.astuple(finding)) for finding in shelf.findings],
    }


def _layer(row: Mapping[str, Any]) -> dict[str, Any]:
    """A layer, with the attributes that can be filtered by: those whose values are known."""
    enumerated = [f.name for f in attributes(row["layer"]) if f.values or f.base is bool]
    return {name: row[name] for name in ("layer", "colour", "definition")} | {
        "attributes": enumerated
    }


def _article(versions: Sequence[Document]) -> dict[str, Any]:
    article = versions[0].article
    record = {
        "id": article.id, "title": article.title, "origin": article.origin,
        "story": article.story, "split": article.split, "publisher": article.publisher,
        "published": article.published.isoformat(), "precision": article.published_precision,
        "author": article.author_kind, "byline": list(article.byline) or None,
        "licence": article.license, "chars": article.n_chars,
        "based_on": list(article.based_on) or None,
        "versions": len(versions) if len(versions) > 1 else None,
    }  # fmt: skip
    return {name: value for name, value in record.items() if value is not None}


def chunks(shelf: Shelf) -> Iterator[str]:
    """The texts and annotations, CHUNK articles at a time: JSON, deflated, in base64."""
    held = list(shelf.versions.values())
    for at in range(0, len(held), CHUNK):
        bodies = [
            {"text": versions[0].article.text, "versions": [_version(v) for v in versions]}
            for versions in held[at : at + CHUNK]
        ]
        packed = zlib.compress(msgspec.json.encode(bodies), 9)
        yield base64.b64encode(packed).decode("ascii")


def _version(document: Document) -> dict[str, Any]:
    number = {span.id: at for at, span in enumerate(document.spans)}
    return {
        "spans": [_span(span) for span in document.spans],
        "relations": [
            [_RELATIONS.index(r.type), number[r.head], number[r.tail]] for r in document.relations
        ],
    }


def _span(span: Span) -> list[Any]:
    """[layer, region, [start, end, …], attributes, what else is known]."""
    layer = layer_of(span)
    own = {}
    for field in attributes(layer):
        value = getattr(span, field.name)
        if value is not None and value is not False:
            own[field.name] = value
    more: dict[str, Any] = {"annotator": span.annotator, "status": span.status}
    for name in ("score", "note", "derived_from"):
        if getattr(span, name) is not None:
            more[name] = getattr(span, name)
    places = [offset for f in span.fragments for offset in (f.start, f.end)]
    return [_LAYERS.index(layer), region_of(span.id), places, own, more]
