"""Documents as Arrow tables and back: articles, spans and relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa

from newspan.schema.arrow import article_schema, layer_structs, relation_schema, span_schema
from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import LAYERS, Article, Document, Relation, Span

__all__ = ["Tables", "bare_tables", "documents", "tables"]

RELATION_ORDER = [("article_id", "ascending"), ("id", "ascending")]
SPAN_ORDER = [("article_id", "ascending"), ("start", "ascending"), ("end", "ascending"),
              ("id", "ascending")]  # fmt: skip


class Tables(NamedTuple):
    """The three canonical tables of a set of documents, sorted by article, then place."""

    articles: pa.Table
    spans: pa.Table
    relations: pa.Table


def bare_tables(articles: pa.Table) -> Tables:
    """The tables of articles that have no annotation."""
    return Tables(articles, span_schema().empty_table(), relation_schema().empty_table())


def tables(found: Iterable[Document]) -> Tables:
    """The tables of the documents; `documents` is its inverse.

    Columns are filled layer by layer, so no span is looked at field by field.
    """
    docs = list(found)
    articles = article_table([d.article for d in docs])
    spans = [span for d in docs for span in d.spans]
    relations = [r for d in docs for r in d.relations]
    return Tables(
        articles.sort_by("id"),
        _span_table(spans).sort_by(SPAN_ORDER),
        _relation_table(relations).sort_by(RELATION_ORDER),
    )


def article_table(articles: Sequence[Article]) -> pa.Table:
    """The articles table of some articles, in their order."""
    schema = article_schema()
    if not articles:
        return schema.empty_table()
    names = [f.name for f in fields_of(Article)]
    values = dict(
        zip(names, zip(*map(msgspec.structs.astuple, articles), strict=True), strict=True)
    )
    values["carrier"] = tuple(
        None if carrier is None else msgspec.structs.asdict(carrier)
        for carrier in values["carrier"]
    )
    values["published"] = tuple(map(_microseconds, values["published"]))
    return pa.Table.from_arrays([pa.array(values[f.name], f.type) for f in schema], schema=schema)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def _microseconds(moment: datetime) -> int:
    """A time as Arrow holds it; Arrow's own conversion of many times is slow."""
    return (moment - _EPOCH) // _MICROSECOND


def _span_table(spans: Sequence[Span]) -> pa.Table:
    parts = []
    for layer, record in LAYERS.items():
        own = [s for s in spans if type(s) is record]
        if own:
            parts.append(_layer_table(layer, record, own))
    return pa.concat_tables(parts) if parts else span_schema().empty_table()


def _layer_table(layer: str, record: type[Span], spans: Sequence[Span]) -> pa.Table:
    schema = span_schema()
    n = len(spans)
    names = [f.name for f in fields_of(record)]
    rows = zip(*map(msgspec.structs.astuple, spans), strict=True)
    values = dict(zip(names, rows, strict=True))
    columns: dict[str, Any] = {
        "layer": pa.repeat(pa.scalar(layer), n),
        "article_id": [span_id.partition("/")[0] for span_id in values["id"]],
        "fragments": _fragments(values["fragments"]),
    }
    for struct in layer_structs():
        if struct.name == layer:
            own = [pa.array(values[f.name], f.type) for f in struct.type]
            columns[layer] = pa.StructArray.from_arrays(own, fields=list(struct.type))
        else:
            columns[struct.name] = pa.nulls(n, struct.type)
    arrays = []
    for field in schema:
        column = columns.get(field.name, values.get(field.name))
        is_array = isinstance(column, pa.Array)
        arrays.append(column if is_array else pa.array(column, field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def _fragments(column: Sequence[Sequence[Any]]) -> pa.Array:
    offsets = [0]
    starts, ends = [], []
    for fragments in column:
        for fragment in fragments:
            starts.append(fragment.start)
            ends.append(fragment.end)
        offsets.append(len(starts))
    item = span_schema().field("fragments").type.value_type
    values = pa.StructArray.from_arrays(
        [pa.array(starts, pa.int32()), pa.array(ends, pa.int32())], fields=list(item)
    )
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)


def _relation_table(relations: Sequence[Relation]) -> pa.Table:
    schema = relation_schema()
    columns = {
        name: [getattr(r, name) for r in relations] for name in ("id", "type", "head", "tail")
    }
    columns["article_id"] = [head.partition("/")[0] for head in columns["head"]]
    return pa.Table.from_pydict({f.name: columns[f.name] for f in schema}, schema=schema)


def documents(found: Tables) -> Iterator[Document]:
    """The documents of the tables, in the order of the articles."""
    spans = _grouped(found.spans)
    relations = _grouped(found.relations)
    for row in found.articles.to_pylist():
        yield msgspec.convert(
            {
                "article": row,
                "spans": [_span_row(s) for s in spans.get(row["id"], ())],
                "relations": [_without_article(r) for r in relations.get(row["id"], ())],
            },
            Document,
        )


def _grouped(table: pa.Table) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        groups.setdefault(row["article_id"], []).append(row)
    return groups


def _span_row(row: dict[str, Any]) -> dict[str, Any]:
    layer = row["layer"]
    made = {f.name: row[f.name] for f in fields_of(Span)}
    made["fragments"] = [(f["start"], f["end"]) for f in row["fragments"]]
    own = row.get(layer) if layer in LAYERS and attributes(layer) else None
    return {**made, **(own or {}), "layer": layer}


def _without_article(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != "article_id"}
