"""The fields of the model's records, read off the model: names, types, descriptions."""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from newspan.schema.model import LAYERS, Span, layer_of

__all__ = ["Field", "attributes", "fields_of", "main_attribute", "type_of", "typed"]


class Field(NamedTuple):
    """One field of a record."""

    name: str
    base: Any
    """The type without None and annotations: str, int, float, bool, datetime, a Struct,
    or tuple for a list; a `Literal` is str here and its values are in `values`."""
    item: Any
    """For a tuple, the type of its items; else None."""
    values: tuple[str, ...]
    """The labels of an enumeration, in the order of the model; else empty."""
    nullable: bool
    required: bool
    """Has no default: it must be given."""
    default: Any
    description: str


@cache
def fields_of(record: type[msgspec.Struct]) -> tuple[Field, ...]:
    """The fields of a record in the order of the model."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(_field(f, hints[f.name]) for f in msgspec.structs.fields(record))


@cache
def attributes(layer: str) -> tuple[Field, ...]:
    """The fields that a layer has beyond those of every span."""
    common = {f.name for f in fields_of(Span)}
    return tuple(f for f in fields_of(LAYERS[layer]) if f.name not in common)


@cache
def main_attribute(layer: str) -> Field | None:
    """The attribute that says what type a span of a layer is: its first required label."""
    return next((f for f in attributes(layer) if f.required and f.values), None)


def type_of(span: Span) -> str | None:
    """The value of a span's main attribute; None for a layer that has none."""
    own = main_attribute(layer_of(span))
    return None if own is None else getattr(span, own.name)


def typed(layer: str, type_: str | None) -> dict[str, str]:
    """A type as an attribute of a layer; nothing where there is no type or none is known."""
    own = main_attribute(layer)
    return {} if own is None or type_ is None else {own.name: type_}


def _field(info: msgspec.structs.FieldInfo, hint: Any) -> Field:
    description = _description(hint)
    members, values, nullable = _members(hint)
    base = members[0] if members else str
    item = None
    if get_origin(base) is tuple:
        item = _members(get_args(base)[0])[0][0]
        base = tuple
    default = None if info.default is msgspec.NODEFAULT else info.default
    return Field(info.name, base, item, values, nullable, info.required, default, description)


def _description(hint: Any) -> str:
    """The outermost description: the field's own, not that of the type it uses."""
    found = ""
    if get_origin(hint) is Annotated:
        for extra in get_args(hint)[1:]:
            if isinstance(extra, msgspec.Meta) and extra.description:
                found = extra.description
    return found


def _members(hint: Any) -> tuple[list[Any], tuple[str, ...], bool]:
    """(plain member types, labels of literals, whether None is allowed) of a type hint."""
    if get_origin(hint) is Annotated:
        return _members(get_args(hint)[0])
    if hint is NoneType:
        return [], (), True
    if get_origin(hint) is Literal:
        return [], tuple(get_args(hint)), False
    if get_origin(hint) in (Union, UnionType):
        types: list[Any] = []
        values: tuple[str, ...] = ()
        nullable = False
        for member in get_args(hint):
            more, labels, empty = _members(member)
            types += more
            values += tuple(v for v in labels if v not in values)
            nullable |= empty
        return types, values, nullable
    return [hint], (), False
