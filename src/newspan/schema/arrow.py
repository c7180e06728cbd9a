"""Arrow schemas of the canonical tables, derived from the model.

Labels are plain strings here: with integers, inserting one label would rename old rows.
Field descriptions travel as Arrow metadata.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import msgspec
import pyarrow as pa

from newspan.schema.fields import Field, attributes, fields_of
from newspan.schema.model import (
    LAYERS,
    SCHEMA_VERSION,
    Article,
    Entity,
    Fragment,
    Relation,
    Span,
)

__all__ = ["article_schema", "entity_schema", "relation_schema", "span_schema"]

_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
}


@cache
def article_schema() -> pa.Schema:
    """Columns of the articles table: one row an article."""
    return schema_of([arrow_field(f) for f in fields_of(Article)])


@cache
def span_schema() -> pa.Schema:
    """Columns of the spans table: what all layers share, then a struct for each layer's own."""
    common = [arrow_field(f) for f in fields_of(Span)]
    layer = pa.field("layer", pa.string(), metadata={"description": "layer of the span"})
    article = pa.field("article_id", pa.string(), metadata={"description": "its article"})
    return schema_of([common[0], article, layer, *common[1:], *layer_structs()])


@cache
def relation_schema() -> pa.Schema:
    """Columns of the relations table."""
    article = pa.field("article_id", pa.string(), metadata={"description": "its article"})
    own = [arrow_field(f) for f in fields_of(Relation)]
    return schema_of([own[0], article, *own[1:]])


@cache
def entity_schema() -> pa.Schema:
    """Columns of the entities table."""
    return schema_of([arrow_field(f) for f in fields_of(Entity)])


@cache
def layer_structs() -> tuple[pa.Field, ...]:
    """A nullable struct column for each layer that has attributes of its own."""
    return tuple(
        pa.field(
            layer,
            pa.struct([arrow_field(f) for f in attributes(layer)]),
            metadata={"description": f"attributes of {layer} spans; null on other layers"},
        )
        for layer in LAYERS
        if attributes(layer)
    )


def schema_of(fields: list[pa.Field]) -> pa.Schema:
    """A schema of these fields that states the version of the model."""
    return pa.schema(fields, metadata={"newspan.schema_version": SCHEMA_VERSION})


def arrow_field(field: Field) -> pa.Field:
    """The Arrow field of a model field; nullable, as readers of Parquet expect."""
    return pa.field(
        field.name, arrow_type(field.base, field.item), metadata={"description": field.description}
    )


def arrow_type(base: Any, item: Any = None) -> pa.DataType:
    """The Arrow type of a model type: scalar, list, or struct of a record."""
    if base is tuple:
        return pa.list_(arrow_type(item))
    if base is Fragment or (isinstance(base, type) and issubclass(base, msgspec.Struct)):
        return pa.struct([arrow_field(f) for f in fields_of(base)])
    return _SCALARS[base]
