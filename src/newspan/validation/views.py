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
from newspan.validation.clues import with_clues, with_loose_marks
from newspan.validation.corpus_files import DERIVED_WORDS
from newspan.validation.countries import with_distance
from newspan.validation.gate import FILE_SPLIT, Gate
from newspan.validation.joins import SQL_VIEWS
from newspan.validation.memory import lean_memory, release
from newspan.validation.shapes import labels, malformed, missing_values
from newspan.validation.similar import pieces
from newspan.validation.slices import FACTS, fragment_frame, layer_frame, part_layers, span_frame

if TYPE_CHECKING:
    import duckdb
    import polars as pl

__all__ = ["LAYER_VIEWS", "Views", "build_views", "connect", "frames", "relation_frame"]

LAYER_VIEWS = {layer: f"{layer}s" for layer in LAYERS if attributes(layer)}
"""Layer to the view that has its attributes as columns."""


class Views(NamedTuple):
    """The views, in one DuckDB connection that holds them in memory."""

    connection: duckdb.DuckDBPyConnection
    rows: dict[str, int]
    """View to the number of its rows."""
    held: dict[str, int]
    """Rows of the canonical tables."""


@lean_memory()
def build_views(gate: Gate) -> Views:
    """Join the tables of a corpus into the views that the checks query.

    The tables are taken out of the gate: the views hold what is needed of them.
    Raises MissingExtra without the libraries of `newspan[validate]`.
    """
    connection = connect()
    held = {name: gate.tables[name].num_rows for name in CANONICAL}
    made = frames(gate)
    for name, table in made.items():
        connection.register(name, table)
    for name, query in SQL_VIEWS.items():
        given = [list(LAYERS)] if "?" in query else None
        connection.execute(f'create table "{name}" as {query}', given)
    rows = {name: table.num_rows for name, table in made.items()}
    for name in SQL_VIEWS:
        rows[name] = connection.execute(f'select count(*) from "{name}"').fetchall()[0][0]
    return Views(connection, rows, held)


def connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own, in memory, that reaches nothing outside of it.

    Raises MissingExtra without DuckDB.
    """
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtra(
            Fault(
                "the checks need DuckDB, polars and Great Expectations.",
                "Run `pip install 'newspan[validate]'`.",
            )
        ) from error
    # Nothing is read, fetched, loaded, or logged where the report is printed, whatever a rule says.
    return duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
            "enable_external_access": "false",
            "lock_configuration": "true",
        }
    )


def frames(gate: Gate, *, one_in: int | None = None, named_by: str = "id") -> dict[str, pa.Table]:
    """The views that polars makes, as Arrow tables; the tables are taken out of the gate.

    Of a part of a corpus, `one_in` is the share of shingles kept in the whole, and `named_by` a
    column of every table by which the views of examples name a record.
    """
    import polars as pl

    parted = part_layers(gate.tables.pop("spans"))
    parted = parted._replace(spans=_compact(parted.spans))
    release()
    tables: dict[str, Any] = {
        name: _compact(pl.DataFrame(pl.from_arrow(gate.tables[name])))
        for name in CANONICAL
        if name != "spans"
    }
    articles: pl.DataFrame = tables["articles"]
    fragments = fragment_frame(parted.spans, articles)
    spans = span_frame(parted.spans, fragments)
    # Before the layers are taken apart: a join by ids is what needs most memory.
    relations = relation_frame(tables["relations"], spans)
    layers = {
        layer: layer_frame(spans, parted.attributes[layer], named_by) for layer in LAYER_VIEWS
    }
    release()
    records = {
        "article": articles, "span": parted.spans, **layers,
        "relation": tables["relations"], "entity": tables["entities"],
    }  # fmt: skip
    layers, unmarked = with_clues(layers, articles)
    layers["number"] = _with_numbers(layers["number"])
    made = {
        "article_rows": with_loose_marks(articles),
        "fragments": fragments.drop(set(FACTS) - {"n_chars"}),
        "spans": spans,
        **{LAYER_VIEWS[layer]: frame for layer, frame in layers.items()},
        "relations": relations,
        "entities": with_distance(tables["entities"]),
        "unmarked": unmarked,
        "pieces": pieces(articles, one_in),
    }
    words = pa.concat_tables([_words(gate.tables[name], name) for name in DERIVED_WORDS])
    gate.tables.clear()
    return {
        "files": gate.files,
        "readings": gate.readings,
        "derived_words": words,
        # String views are handed over as they are; strings of the old kind would be copied.
        **{
            name: _compact(frame).to_arrow(compat_level=pl.CompatLevel.newest())
            for name, frame in made.items()
        },
        "missing_values": pa.Table.from_pylist(missing_values(records, named_by), schema=_MISSING),
        "labels": pa.Table.from_pylist(labels(records, named_by), schema=_LABELS),
        "malformed": pa.Table.from_pylist(malformed(records, named_by), schema=_MALFORMED),
    }


_FEW = (
    "layer", "story", "split", "origin", "annotator", "annotator_kind", "status", FILE_SPLIT,
    "head_layer", "tail_layer", "head_split", "tail_split",
)  # fmt: skip
"""Columns that hold few different strings, many times each."""


def _compact(frame: pl.DataFrame) -> pl.DataFrame:
    """With those columns as dictionaries, a quarter of the size; for SQL they stay strings."""
    import polars as pl

    return frame.with_columns(
        pl.col(name).cast(pl.Categorical) for name in _FEW if name in frame.columns
    )


def _words(table: pa.Table, name: str) -> pa.Table:
    """The rows of a derived table that hold words of their article: table, id, origin, words."""
    words = pc.coalesce(*(table[column] for column in DERIVED_WORDS[name]))
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


def relation_frame(relations: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Relations with layer, article and split of both ends, and whether the type allows them."""
    import polars as pl

    known = ("layer", "article_id", "split", "start", "end")
    ends = spans.select("id", *known).unique("id", keep="first")
    rules = pl.DataFrame(
        {
            "type": list(RELATIONS),
            "head_layers": [sorted(r.heads) for r in RELATIONS.values()],
            "tail_layers": [sorted(r.tails) for r in RELATIONS.values()],
        }
    )
    joined = relations.lazy()
    for end in ("head", "tail"):
        own = ends.lazy().rename({"id": end} | {name: f"{end}_{name}" for name in known})
        own = own.rename({f"{end}_article_id": f"{end}_article"})
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
