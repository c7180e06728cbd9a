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
from newspan.validation.similar import FULL_CHARACTERS, _shingles, pieces
from newspan.validation.views import _connect, _frames

if TYPE_CHECKING:
    import polars as pl

__all__ = ["AT", "LOCAL_SQL", "PARTS", "PLACE", "RESOLVED", "batch_views", "plain", "row_schema",
           "view_rows"]  # fmt: skip

AT = "_at"
"""Column with the place of a row in its table: what comes first is the first anywhere."""
PLACE = "_place"
"""Column with the place of a row among those of one batch."""
RESOLVED = "_resolved"
"""Whether both ends of a relation were found among the spans of the batch."""
LOCAL_SQL = ("articles", "crossings", "gaps", "layer_counts")
"""Views in SQL of which each row comes from one article: DuckDB makes them, batch by batch."""
PARTS = ("missing_values", "labels", "malformed")
"""Views of which a batch makes but a part."""
_NOT_HERE = ("files", "readings", "derived_words")
"""Views of what is no record of an article or entity."""
_TABLE_OF_RECORD = {"article": "articles", "span": "spans", "relation": "relations",
                    "entity": "entities"}  # fmt: skip


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
    """The views of canonical tables that have AT, with types that Spark has."""
    at = {name: table[AT].combine_chunks() for name, table in tables.items()}
    given = {name: table.drop_columns([AT, FILE_SPLIT]) for name, table in tables.items()}
    gate = unfiled(Path(), given, _no_readings())
    for name, table in tables.items():
        gate.tables[name] = gate.tables[name].set_column(
            len(given[name].schema), FILE_SPLIT, table[FILE_SPLIT]
        )
    texts = tables["articles"]
    frames = {n: t for n, t in _frames(gate).items() if n not in _NOT_HERE}
    frames["pieces"] = _sampled(texts, frames["pieces"], one_in)
    fragments = frames["fragments"]
    rows = at["spans"].take(fragments["row"].combine_chunks())
    at_row = fragments.schema.get_field_index("row")
    frames["fragments"] = fragments.set_column(at_row, "row", rows)
    made = {name: plain(table) for name, table in (frames | _local_sql(frames)).items()}
    made["article_rows"] = made["article_rows"].drop_columns(["text", "title"])  # long, unused
    made["spans"] = made["spans"].append_column(AT, at["spans"])
    relations = made["relations"]
    found = pc.and_(relations["head_found"], relations["tail_found"])
    made["relations"] = relations.append_column(RESOLVED, found)
    for name in PARTS:
        made[name] = _placed(made[name], tables, "id" if name == "malformed" else "example")
    return made


def _no_readings() -> pa.Table:
    from newspan.validation.readings import READINGS

    return READINGS.empty_table()


def _sampled(articles: pa.Table, found: pa.Table, one_in: int) -> pa.Table:
    """The pieces of a batch, shingles in the share in which the whole corpus has them.

    Spark has no unsigned integers; as signed ones they are as equal or different as before.
    """
    import polars as pl

    frame: Any = pl.from_arrow(articles)
    made: Any = pl.from_arrow(found)
    if int(frame["n_chars"].sum()) < 2 * FULL_CHARACTERS:  # every shingle was made
        standoff = frame.filter(pl.col("text").is_null())["id"]
        kept = (pl.col("piece") // 2**33) % one_in == 0
        made = made.filter(kept | pl.col("article_id").is_in(standoff.implode()))
    else:
        bare = frame.filter(pl.col("text").is_null())
        made = pl.concat([_shingles(frame, one_in), pieces(bare)])
    signed: pl.DataFrame = made.with_columns(pl.col("piece").reinterpret(signed=True))
    return signed.to_arrow()


def _local_sql(frames: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The views LOCAL_SQL of a batch."""
    connection = _connect()
    try:
        for name, table in frames.items():
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


def _placed(part: pa.Table, tables: Mapping[str, pa.Table], key: str) -> pa.Table:
    """Rows about a record with AT, where it stands in its table, and PLACE."""
    import polars as pl

    known = pl.concat(
        pl.DataFrame(pl.from_arrow(tables[table].select(["id", AT])))
        .with_columns(record=pl.lit(record))
        .unique(["id", "record"], keep="first")
        for record, table in _TABLE_OF_RECORD.items()
    ).rename({"id": key})
    frame: Any = pl.from_arrow(part)
    joined = frame.join(known, on=["record", key], how="left", maintain_order="left")
    return plain(joined.with_row_index(PLACE).to_arrow())


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
