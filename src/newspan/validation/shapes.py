"""What the model alone says of every field: required, one of these labels, of this form.

Read off the model, so that an attribute or label added there is checked without an edit
here. Three small tables come out: one row a field, one row a label in use, one row a value
of wrong form.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import LAYERS, Article, Entity, Relation, Span

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Shape", "labels", "malformed", "missing_values", "shapes"]

MAX_EXAMPLES = 1000
"""Most malformed values kept of one field; more would say nothing new."""


class Shape(NamedTuple):
    """A field of a record and what its values must be."""

    record: str
    """article, span, relation or entity."""
    layer: str | None
    """The layer that has the field; "all" for what every span has, None off spans."""
    field: str
    required: bool
    values: tuple[str, ...]
    """The labels of an enumeration, else empty."""
    pattern: str | None
    max_length: int | None
    low: float | None
    """Least value allowed, of a number; `low_open` if it is excluded."""
    low_open: bool
    high: float | None


@cache
def shapes(name: str) -> tuple[Shape, ...]:
    """The shapes of the fields of a record, or of those that a layer adds to every span's."""
    plain: dict[str, Any] = {
        "article": Article, "span": Span, "relation": Relation, "entity": Entity,
    }  # fmt: skip
    cls = plain.get(name) or LAYERS[name]
    fields = fields_of(cls) if name in plain else attributes(name)
    record = name if name in plain else "span"
    layer = None if record != "span" else "all" if name == "span" else name
    types = {f.name: f.type for f in msgspec.inspect.type_info(cls).fields}  # type: ignore[attr-defined]
    made = [
        Shape(record, layer, f.name, not f.nullable, f.values, *_constraints(types[f.name]))
        for f in fields
    ]
    # Columns that the tables have and the records do not.
    if name == "span":
        made.append(_plain_shape(record, layer, "layer", tuple(LAYERS)))
    if name in ("span", "relation"):
        made.append(_plain_shape(record, layer, "article_id"))
    return tuple(made)


def _plain_shape(record: str, layer: str | None, field: str, values: tuple[str, ...] = ()) -> Shape:
    return Shape(record, layer, field, True, values, None, None, None, False, None)


def _constraints(kind: Any) -> tuple[str | None, int | None, float | None, bool, float | None]:
    """(pattern, max length, least, whether excluded, greatest) of a type's values or items."""
    for found in _plain_types(kind):
        if isinstance(found, msgspec.inspect.StrType):
            # Polars has no look-ahead and needs none: its `$` is the very end of a value.
            pattern = found.pattern.replace(r"(?!\n)", "") if found.pattern else None
            return pattern, found.max_length, None, False, None
        if isinstance(found, msgspec.inspect.IntType | msgspec.inspect.FloatType):
            low = found.ge if found.ge is not None else found.gt
            return None, None, low, found.gt is not None, found.le
    return None, None, None, False, None


def _plain_types(kind: Any) -> Iterator[Any]:
    if isinstance(kind, msgspec.inspect.Metadata):
        yield from _plain_types(kind.type)
    elif isinstance(kind, msgspec.inspect.UnionType):
        for member in kind.types:
            yield from _plain_types(member)
    elif isinstance(kind, msgspec.inspect.VarTupleType):
        yield from _plain_types(kind.item_type)
    else:
        yield kind


def missing_values(frames: dict[str, pl.DataFrame], named_by: str = "id") -> list[dict[str, Any]]:
    """One row a required field: record, layer, field, rows, missing, example (an id).

    `named_by` is the column whose value names a record as an example.
    """
    import polars as pl

    made = []
    for shape, frame in _each(frames):
        if shape.required:
            lacking = frame[shape.field].null_count()
            example = None
            if lacking and shape.field != "id":
                example = frame.filter(pl.col(shape.field).is_null())[named_by][0]
            made.append({"record": shape.record, "layer": shape.layer, "field": shape.field,
                         "rows": frame.height, "missing": lacking, "example": example})  # fmt: skip
    return made


def labels(frames: dict[str, pl.DataFrame], named_by: str = "id") -> list[dict[str, Any]]:
    """One row a label in use: record, layer, field, value, rows, allowed, example (id of one)."""
    import polars as pl

    enumerated = [(s, frame) for s, frame in _each(frames) if s.values]
    queries = [
        frame.lazy()
        .filter(pl.col(s.field).is_not_null())
        .group_by(s.field)
        .agg(rows=pl.len(), example=pl.col(named_by).first())
        .with_columns(_as_stored(frame, s.field))
        .sort(s.field)
        for s, frame in enumerated
    ]
    return [
        {"record": s.record, "layer": s.layer, "field": s.field, "value": value, "rows": rows,
         "allowed": value in s.values, "example": example}
        for (s, _), found in zip(enumerated, pl.collect_all(queries), strict=True)
        for value, rows, example in found.iter_rows()
    ]  # fmt: skip


def malformed(frames: dict[str, pl.DataFrame], named_by: str = "id") -> list[dict[str, Any]]:
    """One row a value out of form or bounds: record, layer, field, id, value, expected.

    At most MAX_EXAMPLES rows a field.
    """
    import polars as pl

    bounded = []
    queries = []
    for shape, frame in _each(frames):
        wrong = _breach(shape, pl.col("value"))
        if wrong is not None:
            value = _as_stored(frame, shape.field)
            used = frame.lazy().select(pl.col(named_by).alias("id"), value=value)
            if frame.schema[shape.field] == pl.List:
                used = used.explode("value", empty_as_null=True)
            bounded.append(shape)
            queries.append(used.filter(wrong).head(MAX_EXAMPLES))
    return [
        {"record": s.record, "layer": s.layer, "field": s.field, "id": row_id,
         "value": str(value), "expected": s.pattern or f"{s.low} to {s.high}"}
        for s, found in zip(bounded, pl.collect_all(queries), strict=True)
        for row_id, value in found.iter_rows()
    ]  # fmt: skip


def _breach(shape: Shape, value: pl.Expr) -> pl.Expr | None:
    """The condition under which a value is not of its shape; None where all are."""
    wrong = []
    if shape.pattern is not None:
        wrong.append(~value.str.contains(shape.pattern))
    if shape.max_length is not None:
        wrong.append(value.str.len_chars() > shape.max_length)
    if shape.low is not None:
        wrong.append(value <= shape.low if shape.low_open else value < shape.low)
    if shape.high is not None:
        # A NaN is greater than every number in polars, so it is caught here.
        wrong.append(value > shape.high)
    if not wrong:
        return None
    total = wrong[0]
    for more in wrong[1:]:
        total = total | more
    return total


def _as_stored(frame: pl.DataFrame, field: str) -> pl.Expr:
    """The column as the file has it: strings, even where the views keep them as categories."""
    import polars as pl

    column = pl.col(field)
    return column.cast(pl.String) if frame.schema[field] == pl.Categorical else column


def _each(frames: dict[str, pl.DataFrame]) -> Iterator[tuple[Shape, pl.DataFrame]]:
    """Every field of every record with the frame that holds it as a column."""
    for record, frame in frames.items():
        for shape in shapes(record):
            yield shape, frame
