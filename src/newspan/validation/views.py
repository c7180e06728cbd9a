"""The views that the checks query: tables joined once, so that a cross-table rule is one line.

What needs the text or the model is computed here; what remains for a rule is plain SQL that
any engine reads. Every view and its columns are listed in validation/README.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from newspan.corpus.layout import CANONICAL
from newspan.errors import Fault, MissingExtra
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS, RELATIONS
from newspan.validation.gate import Gate
from newspan.validation.joins import SQL_VIEWS
from newspan.validation.shapes import labels, malformed, missing_values
from newspan.validation.similar import pieces
from newspan.validation.slices import FACTS, fragment_frame, layer_frame, span_frame

if TYPE_CHECKING:
    import duckdb
    import polars as pl

__all__ = ["Views", "build_views"]

LAYER_VIEWS = {layer: f"{layer}s" for layer in LAYERS if attributes(layer)}
"""Layer to the view that has its attributes as columns."""

WORDS: dict[str, tuple[str, ...]] = {
    "documents": ("title", "text"),
    "quotations": ("text", "sentence", "cue", "source", "outer_source"),
    "claims": ("text", "sentence", "counted", "source", "outer_source", "place"),
    "places": ("text", "sentence"),
}
"""Derived table to its columns that hold words of the article."""


class Views(NamedTuple):
    """The views, in one DuckDB connection that holds them in memory."""

    connection: duckdb.DuckDBPyConnection
    rows: dict[str, int]
    """View to the number of its rows."""
    held: dict[str, int]
    """Rows of the canonical tables."""


def build_views(gate: Gate) -> Views:
    """Join the tables of a corpus into the views that the checks query.

    Raises MissingExtra without the libraries of `newspan[validate]`.
    """
    connection = _connect()
    frames = _frames(gate)
    for name, table in frames.items():
        connection.register(name, table)
    for name, query in SQL_VIEWS.items():
        given = [list(LAYERS)] if "?" in query else None
        connection.execute(f'create table "{name}" as {query}', given)
    rows = {name: table.num_rows for name, table in frames.items()}
    for name in SQL_VIEWS:
        rows[name] = connection.execute(f'select count(*) from "{name}"').fetchall()[0][0]
    return Views(connection, rows, {name: gate.tables[name].num_rows for name in CANONICAL})


def _connect() -> duckdb.DuckDBPyConnection:
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtra(
            Fault(
                "the checks need DuckDB, polars and Great Expectations.",
                "Run `pip install 'newspan[validate]'`.",
            )
        ) from error
    # Nothing is read, fetched or loaded, whatever a rule says.
    return duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
            "enable_external_access": "false",
        }
    )


def _frames(gate: Gate) -> dict[str, pa.Table]:
    """The views that polars makes, as Arrow tables."""
    import polars as pl

    tables: dict[str, Any] = {name: pl.from_arrow(gate.tables[name]) for name in CANONICAL}
    articles: pl.DataFrame = tables["articles"]
    fragments = fragment_frame(tables["spans"], articles)
    spans = span_frame(tables["spans"], fragments)
    layers = {layer: layer_frame(spans, layer) for layer in LAYER_VIEWS}
    records = {
        "article": articles, "span": tables["spans"], **layers,
        "relation": tables["relations"], "entity": tables["entities"],
    }  # fmt: skip
    layers["number"] = _with_numbers(layers["number"])
    structs = [layer for layer in LAYER_VIEWS if layer in spans.columns]
    made = {
        "article_rows": articles,
        "fragments": fragments.drop(set(FACTS) - {"n_chars"}),
        "spans": spans.drop(structs),
        **{LAYER_VIEWS[layer]: frame for layer, frame in layers.items()},
        "relations": _relation_frame(tables["relations"], spans),
        "entities": tables["entities"],
        "pieces": pieces(articles),
    }
    return {
        "files": gate.files,
        "derived_words": pa.concat_tables([_words(gate.tables[name], name) for name in WORDS]),
        # String views are handed over as they are; strings of the old kind would be copied.
        **{
            name: frame.to_arrow(compat_level=pl.CompatLevel.newest())
            for name, frame in made.items()
        },
        "missing_values": pa.Table.from_pylist(missing_values(records), schema=_MISSING),
        "labels": pa.Table.from_pylist(labels(records), schema=_LABELS),
        "malformed": pa.Table.from_pylist(malformed(records), schema=_MALFORMED),
    }


def _words(table: pa.Table, name: str) -> pa.Table:
    """The rows of a derived table that hold words of their article: table, id, origin, words."""
    words = pc.coalesce(*(table[column] for column in WORDS[name]))
    made = pa.table({
        "table": pa.repeat(pa.scalar(name), table.num_rows),
        "id": table["id"], "origin": table["origin"], "words": words,
    })  # fmt: skip
    return made.filter(pc.is_valid(words))


_MISSING = pa.schema({"record": "string", "layer": "string", "field": "string", "rows": "int64",
                      "missing": "int64", "example": "string"})  # fmt: skip
_LABELS = pa.schema({"record": "string", "layer": "string", "field": "string",
                     "value": "string", "rows": "int64", "allowed": "bool",
                     "example": "string"})  # fmt: skip
_MALFORMED = pa.schema({"record": "string", "layer": "string", "field": "string", "id": "string",
                        "value": "string", "expected": "string"})  # fmt: skip


def _with_numbers(numbers: pl.DataFrame) -> pl.DataFrame:
    """With value_number, low_number, high_number: the exact strings as doubles, for comparing."""
    import polars as pl

    def double(name: str) -> pl.Expr:
        parts = pl.col(name).str.split_exact("/", 1).struct
        whole = parts.field("field_0").cast(pl.Float64, strict=False)
        below = parts.field("field_1").cast(pl.Float64, strict=False).fill_null(1.0)
        return (whole / below).alias(f"{name}_number")

    return numbers.with_columns(double("value"), double("low"), double("high"))


def _relation_frame(relations: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Relations with layer, article and split of both ends, and whether the type allows them."""
    import polars as pl

    ends = spans.select("id", "layer", "article_id", "split").unique("id", keep="first")
    rules = pl.DataFrame(
        {
            "type": list(RELATIONS),
            "head_layers": [sorted(r.heads) for r in RELATIONS.values()],
            "tail_layers": [sorted(r.tails) for r in RELATIONS.values()],
        }
    )
    joined = relations.lazy()
    for end in ("head", "tail"):
        own = ends.lazy().rename({"id": end, "layer": f"{end}_layer", "split": f"{end}_split",
                                  "article_id": f"{end}_article"})  # fmt: skip
        joined = joined.join(own, on=end, how="left", maintain_order="left")
    return (
        joined.join(rules.lazy(), on="type", how="left", maintain_order="left")
        .with_columns(
            head_found=pl.col("head_layer").is_not_null(),
            tail_found=pl.col("tail_layer").is_not_null(),
            head_allowed=pl.col("head_layers").list.contains(pl.col("head_layer")),
            tail_allowed=pl.col("tail_layers").list.contains(pl.col("tail_layer")),
        )
        .drop("head_layers", "tail_layers")
        .collect()
    )
