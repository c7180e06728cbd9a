"""JSON Schema (2020-12) of the records, derived from the model.

The span schema says with if/then which attributes a layer has, so that any validator
refuses an attribute on the wrong layer, and says which layer it was.
"""

from __future__ import annotations

from typing import Any

import msgspec

from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import (
    LAYERS,
    SCHEMA_VERSION,
    Article,
    Document,
    Entity,
    Relation,
    Span,
)

__all__ = ["json_schemas"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BASE = "urn:newspan:schema:"


def json_schemas() -> dict[str, dict[str, Any]]:
    """Record name to its JSON Schema: article, span, relation, entity, document."""
    made = {
        "article": _record(Article),
        "span": _span(),
        "relation": _record(Relation),
        "entity": _record(Entity),
        "document": _document(),
    }
    return {
        name: {
            "$schema": _DIALECT,
            "$id": f"{_BASE}{SCHEMA_VERSION}:{name}",
            **schema,
        }
        for name, schema in made.items()
    }


def _record(record: type) -> dict[str, Any]:
    """The schema of one record; records inside it are put in place."""
    (schema,), components = msgspec.json.schema_components([record], ref_template="{name}")
    found: dict[str, Any] = _resolve(schema, components)
    return found


def _resolve(node: Any, components: dict[str, Any]) -> Any:
    if isinstance(node, list | tuple):
        return [_resolve(item, components) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {**_resolve(components[node["$ref"]], components),
                **{k: v for k, v in node.items() if k != "$ref"}}  # fmt: skip
    return {key: _resolve(value, components) for key, value in node.items()}


def _span() -> dict[str, Any]:
    """Common fields once; then, layer by layer, what that layer must and must not have."""
    whole = {layer: _record(record) for layer, record in LAYERS.items()}
    common = {f.name for f in fields_of(Span)}
    names = [f.name for layer in LAYERS for f in attributes(layer)]
    first = next(iter(whole.values()))
    properties: dict[str, Any] = {name: first["properties"][name] for name in sorted(common)}
    properties["layer"] = {"enum": list(LAYERS), "description": "layer of the span"}
    properties |= dict.fromkeys(names, True)
    return {
        "title": "Span",
        "description": first_paragraph(Span),
        "type": "object",
        "properties": properties,
        "required": ["layer", *(f.name for f in fields_of(Span) if f.required)],
        "additionalProperties": False,
        "allOf": [_layer_rule(layer, whole[layer], names) for layer in LAYERS],
    }


def _layer_rule(layer: str, schema: dict[str, Any], names: list[str]) -> dict[str, Any]:
    own = {f.name: schema["properties"][f.name] for f in attributes(layer)}
    foreign: dict[str, Any] = {name: False for name in names if name not in own}
    return {
        "if": {"properties": {"layer": {"const": layer}}, "required": ["layer"]},
        "then": {
            "description": first_paragraph(LAYERS[layer]),
            "properties": {**own, **foreign},
            "required": [f.name for f in attributes(layer) if f.required],
        },
    }


def _document() -> dict[str, Any]:
    return {
        "title": "Document",
        "description": first_paragraph(Document),
        "type": "object",
        "properties": {
            "article": _record(Article),
            "spans": {"type": "array", "items": _span()},
            "relations": {"type": "array", "items": _record(Relation)},
        },
        "required": ["article"],
        "additionalProperties": False,
    }


def first_paragraph(record: type) -> str:
    """The first paragraph of a record's docstring on one line."""
    return " ".join((record.__doc__ or "").split("\n\n")[0].split())
