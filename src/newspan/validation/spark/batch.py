"""What is made of a batch of articles with their spans and relations: the same views as of a
whole corpus, made by the same functions, in one process of a cluster.

The rows of all tables come as one table, each in the column of its record; so do the rows of
the views leave it. What needs the whole corpus is left in parts for `views.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from newspan.corpus.layout import CANONICAL
from newspan.schema.arrow import article_schema, entity_schema, relation_schema, span_schema
from newspan.schema.model import LAYERS
from newspan.validation.gate import FILE_SPLIT, unfiled
from newspan.validation.joins import SQL_VIEWS
from newspan.validation.readings import READINGS
from newspan.validation.views import connect, frames

if TYPE_CHECKING:
    import polars as pl

__all__ = ["AT", "AT_DIGITS", "LOCAL_SQL", "PARTS", "PLACE", "batch_views", "plain",
           "row_schema", "view_rows"]  # fmt: skip

AT = "_at"
"""Column with the place of a row in its table: what comes first is the first anywhere."""
PLACE = "_place"
"""Column with the place of a row among those of one batch."""
AT_DIGITS = 20
"""Digits of that place in front of an id, where an example is given: the least is the first."""
LOCAL_SQL = ("articles", "crossings", "gaps", "layer_counts")
"""Views in SQL of which each row comes from one article: DuckDB makes them, batch by batch."""
PARTS = ("missing_values", "labels", "malformed")
"""Views of which a batch makes but a part."""
_NAMED = "_named"
"""Column with the place of a row and its id, in one word."""
_NOT_HERE = ("files", "readings", "derived_words")
"""Views of what is no record of an article or entity."""
_LONG = {"article_rows": ("text", "title")}
"""Columns that no rule reads, and that are not carried along."""


def row_schema(table: str) -> pa.Schema:
    """The columns of a canonical table with the split of its file, without metadata."""
    made = {"articles": article_schema, "spans": span_schema, "relations": relation_schema,
            "entities": entity_schema}[table]().remove_metadata()  # fmt: skip
    plain = pa.schema([field.remove_metadata() for field in made])
    return plain.append(pa.field(FILE_SPLIT, pa.string()))


def view_rows(batch: pa.Table, one_in: int) -> pa.Table:
    """The rows of all views of a batch: `view` names it, the column of that name has the row.

    Of `batch`, each row has `_at` and one of the columns articles, spans, relations, entities.
    `one_in` is which share of the shingles is kept in the whole corpus.
    """
    views = batch_views(_tables(batch), one_in)
    whole: list[pa.Table] = []
    types = {name: pa.struct(list(table.schema)) for name, table in views.items()}
    for name, table in views.items():
        columns = [pa.repeat(pa.scalar(name), table.num_rows)]
        for other, kind in types.items():
            own = other == name
            columns.append(_as_struct(table, kind) if own else pa.nulls(table.num_rows, kind))
        whole.append(pa.table(columns, names=["view", *types]))
    return pa.concat_tables(whole)


def _as_struct(table: pa.Table, kind: pa.DataType) -> pa.ChunkedArray:
    return pa.chunked_array(list(table.to_struct_array().chunks), type=kind)


def _tables(batch: pa.Table) -> dict[str, pa.Table]:
    """Canonical table to its rows in the batch, in their order, with AT."""
    batch = batch.sort_by(AT)
    made = {}
    for name in CANONICAL:
        rows = batch.filter(pc.is_valid(batch[name]))
        schema = row_schema(name)
        columns = [pc.struct_field(rows[name], field.name).cast(field.type) for field in schema]
        made[name] = pa.table([*columns, rows[AT]], names=[*schema.names, AT])
    return made


def batch_views(tables: Mapping[str, pa.Table], one_in: int) -> dict[str, pa.Table]:
    """The views of canonical tables that have AT, with types that Spark has.

    The relations are as in their table: the spans that they name may be in other batches.
    """
    gate = unfiled(Path(), {}, READINGS.empty_table())
    for name, table in tables.items():
        gate.tables[name] = table.append_column(_NAMED, _named(table))
    at = tables["spans"][AT].combine_chunks()
    made = frames(gate, one_in=one_in, named_by=_NAMED)
    for name in _NOT_HERE:
        del made[name]
    fragments = made["fragments"]
    rows = at.take(fragments["row"].combine_chunks())
    made["fragments"] = fragments.set_column(fragments.schema.get_field_index("row"), "row", rows)
    made |= _local_sql(made)
    made |= {"relations": tables["relations"], "pieces": _signed(made["pieces"])}
    for name in PARTS:
        part = made[name]
        made[name] = part.append_column(PLACE, pa.array(range(part.num_rows), pa.int64()))
    for name, table in made.items():
        unread = {_NAMED, *_LONG.get(name, ())} & set(table.column_names)
        made[name] = plain(table.drop_columns(sorted(unread)))
    return made


def _named(table: pa.Table) -> pa.ChunkedArray:
    """Place and id of every row in one word, that of an earlier row being less."""
    at = pc.utf8_lpad(table[AT].cast(pa.string()), AT_DIGITS, "0")
    return pc.binary_join_element_wise(at, pc.fill_null(table["id"], ""), "")


def _signed(found: pa.Table) -> pa.Table:
    """The pieces as Spark, which has no unsigned integers, holds them: as equal as before."""
    import polars as pl

    made: Any = pl.from_arrow(found)
    signed: pl.DataFrame = made.with_columns(pl.col("piece").reinterpret(signed=True))
    return signed.to_arrow()


def _local_sql(views: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The views LOCAL_SQL of a batch."""
    connection = connect()
    try:
        for name, table in views.items():
            connection.register(name, table)
        made = {}
        for name in LOCAL_SQL:
            query = SQL_VIEWS[name]
            given = [list(LAYERS)] if "?" in query else None
            made[name] = connection.sql(query, params=given).to_arrow_table()
            connection.register(name, made[name])
        return made
    finally:
        connection.close()


def plain(table: pa.Table) -> pa.Table:
    """The table with types that Spark has."""
    import polars as pl

    frame: Any = pl.from_arrow(table)
    few = [name for name, kind in frame.schema.items() if kind == pl.Categorical]
    # Arrow itself can do little with the kinds of strings that polars hands over.
    old = frame.with_columns(pl.col(few).cast(pl.String)).to_arrow(
        compat_level=pl.CompatLevel.oldest()
    )
    return old.cast(pa.schema([(field.name, _plain_type(field.type)) for field in old.schema]))


def _plain_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_large_string(kind):
        return pa.string()
    if pa.types.is_large_list(kind) or pa.types.is_list(kind):
        return pa.list_(_plain_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _plain_type(field.type)) for field in kind])
    if pa.types.is_unsigned_integer(kind) or pa.types.is_decimal(kind):
        return pa.int64()
    return pa.timestamp("us", "UTC") if pa.types.is_timestamp(kind) else kind
