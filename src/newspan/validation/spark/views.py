"""The views on Spark: batches of articles through the local functions, the rest in its SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from newspan.corpus.layout import CANONICAL
from newspan.schema.model import LAYERS
from newspan.validation.gate import DERIVED_WORDS, Gate
from newspan.validation.joins import SQL_VIEWS
from newspan.validation.shapes import MAX_EXAMPLES
from newspan.validation.similar import FULL_CHARACTERS
from newspan.validation.spark.batch import (
    AT,
    LOCAL_SQL,
    PARTS,
    PLACE,
    RESOLVED,
    row_schema,
    view_rows,
)
from newspan.validation.spark.dialect import to_spark
from newspan.validation.spark.files import canonical_rows, read_file
from newspan.validation.views import LAYER_VIEWS, _relation_frame

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SparkViews", "build_views"]

ARTICLES = 500
"""Articles of a batch, about."""
SPANS = 50_000
"""Spans of a batch, about."""
OFTEN = ("mentions", "derivations", "near_duplicates", "sources")
"""Views in SQL that several rules read: they are kept."""


class SparkViews(NamedTuple):
    """The views, as temporary views of a session."""

    session: SparkSession
    names: frozenset[str]
    held: dict[str, int]
    """Rows of the canonical tables."""
    expected: dict[str, int]
    """View to the rows it must have, counted in the tables."""
    local: frozenset[str]
    """The views of which batches make every row."""
    articles: DataFrame
    """The articles as they are in the tables, with their texts."""
    cached: tuple[DataFrame, ...]

    def rows(self, names: Iterable[str]) -> dict[str, int]:
        """View to the number of its rows; those that batches make are counted in one pass."""
        made = self.cached[0].groupBy("view").count().collect()
        counts = {row["view"]: row["count"] for row in made if row["view"] in self.local}
        counts |= {name: 0 for name in self.local if name not in counts}
        for name in names:
            if name not in counts and name in self.names:
                counts[name] = self.session.table(name).count()
        return counts

    def release(self) -> None:
        """Give back what Spark keeps of the views."""
        for frame in self.cached:
            frame.unpersist()


def build_views(session: SparkSession, gate: Gate) -> SparkViews:
    """Make the views of the tables of a corpus folder. Nothing but counts comes back."""
    rows = canonical_rows(session, gate)
    expected, characters = _counted(rows)
    held = {name: expected[name] for name in CANONICAL}
    whole = _through_batches(rows, held, max(1, characters // FULL_CHARACTERS)).persist()
    cached = [whole]
    made = [name for name in whole.columns if name != "view"]
    frames = {n: whole.where(f"view = '{n}'").select(f"`{n}`.*") for n in made}
    local = frozenset(made) - {*PARTS, "relations"}
    for name in local:
        _named(name, frames[name].drop(AT))
    joined = _joined_parts(frames)
    joined["relations"] = _relations(frames["relations"], frames["spans"])
    for name, frame in joined.items():
        cached.append(_named(name, frame.persist()))
    _named("files", session.createDataFrame(gate.files))
    _named("readings", session.createDataFrame(gate.readings))
    _named("derived_words", _derived_words(session, gate))
    names = frozenset(made) | {"files", "readings", "derived_words"}
    for name in SQL_VIEWS:
        if name not in LOCAL_SQL:
            frame = session.sql(to_spark(with_layers(SQL_VIEWS[name]), names))
            if name in OFTEN:
                cached.append(frame.persist())
            _named(name, frame)
            names |= {name}
    articles = rows.where("articles is not null").select("articles.*")
    return SparkViews(session, names, held, expected, local, articles, tuple(cached))


def with_layers(query: str) -> str:
    """A view's SQL with the list of layers in the place of its parameter."""
    listed = ", ".join(f"'{layer}'" for layer in LAYERS)
    return query.replace("unnest(?)", f"unnest([{listed}])")


def _named(name: str, frame: DataFrame) -> DataFrame:
    frame.createOrReplaceTempView(name)
    return frame


def _counted(rows: DataFrame) -> tuple[dict[str, int], int]:
    """(view to the rows it must have, characters of text), from the tables themselves."""
    from pyspark.sql import functions as f

    counts = [f.count(name).alias(name) for name in CANONICAL]
    for layer, view in LAYER_VIEWS.items():
        own = (f.col("spans.layer") == layer) & f.col(f"spans.{layer}").isNotNull()
        counts.append(f.count(f.when(own, 1)).alias(view))
    # A span without fragments has one row, so that it can be found.
    fragments = f.greatest(f.size("spans.fragments"), f.lit(1))
    counts.append(f.sum(f.when(f.col("spans").isNotNull(), fragments)).alias("fragments"))
    counts.append(f.sum("articles.n_chars").alias("characters"))
    found = {name: n or 0 for name, n in rows.agg(*counts).collect()[0].asDict().items()}
    return found, found.pop("characters")


def _through_batches(rows: DataFrame, held: dict[str, int], one_in: int) -> DataFrame:
    """All views of batches: `view` names one, the column of that name has its row."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    batches = 1 + max(held["articles"] // ARTICLES, held["spans"] // SPANS)
    key = f.coalesce("articles.id", "spans.article_id", "relations.article_id", "entities.id")
    schema = from_arrow_schema(view_rows(_no_rows(), 1).schema)

    def made(batch: pa.Table) -> pa.Table:
        return view_rows(batch, one_in)

    batched = rows.withColumn("batch", f.pmod(f.hash(key), f.lit(batches)))
    parallel = rows.sparkSession.sparkContext.defaultParallelism
    spread = batched.repartition(min(batches, 8 * parallel), "batch")
    return spread.groupBy("batch").applyInArrow(made, schema)


def _no_rows() -> pa.Table:
    fields = [pa.field(name, pa.struct(list(row_schema(name)))) for name in CANONICAL]
    return pa.schema([pa.field(AT, pa.int64()), *fields]).empty_table()


def _joined_parts(frames: dict[str, DataFrame]) -> dict[str, DataFrame]:
    """The views of which batches made parts."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    example = f.min_by("example", AT).alias("example")
    rows = f.sum("rows").alias("rows")
    of_field = Window.partitionBy("record", "layer", "field").orderBy(AT, PLACE)
    first = f.row_number().over(of_field) <= MAX_EXAMPLES
    columns = [c for c in frames["malformed"].columns if c not in (AT, PLACE)]
    return {
        "missing_values": frames["missing_values"]
        .groupBy("record", "layer", "field")
        .agg(rows, f.sum("missing").alias("missing"), example),
        "labels": frames["labels"]
        .groupBy("record", "layer", "field", "value", "allowed")
        .agg(rows, example),
        "malformed": frames["malformed"].withColumn("first", first).where("first").select(*columns),
    }


def _relations(relations: DataFrame, spans: DataFrame) -> DataFrame:
    """The relations with both ends; those with an end in another batch are looked up again."""
    from pyspark.sql import functions as f

    plain = relations.drop(RESOLVED)
    own = row_schema("relations").names
    open_ends = relations.where(f"not {RESOLVED}").select(*own)
    wanted = open_ends.select(f.explode(f.array("head", "tail")).alias("id")).distinct()
    ends = (
        spans.join(wanted, "id", "left_semi")
        .groupBy("id")
        .agg(f.min_by(f.struct(*(f"`{c}`" for c in spans.columns if c != AT)), AT).alias("end"))
    )
    both = open_ends
    for name in ("head", "tail"):
        both = both.join(
            ends.select(f.col("id").alias(name), f.col("end").alias(f"{name}_span")), name, "left"
        )
    again = both.select(*own, "head_span", "tail_span").mapInArrow(_joined, plain.schema)
    return relations.where(RESOLVED).drop(RESOLVED).unionByName(again)


def _joined(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Relations beside the spans that they name, as the local engine joins them."""
    import polars as pl

    from newspan.validation.spark.batch import plain

    for batch in batches:
        relations = pa.Table.from_batches([batch.select(row_schema("relations").names)])
        spans = pl.concat(
            pl.DataFrame(pl.from_arrow(pa.Table.from_struct_array(batch[name])))
            for name in ("head_span", "tail_span")
        ).filter(pl.col("id").is_not_null())
        found = _relation_frame(pl.DataFrame(pl.from_arrow(relations)), spans)
        yield from plain(found.to_arrow()).to_batches()


def _derived_words(session: SparkSession, gate: Gate) -> DataFrame:
    """The rows of derived tables that hold words of their article."""
    from pyspark.sql import functions as f

    kind = "`table` string, id string, origin string, words string"
    found = session.createDataFrame([], kind)
    for file in gate.files.to_pylist():
        if file["table"] in DERIVED_WORDS and file["misplaced"] is None:
            words = f.coalesce(*(f.col(f"`{c}`") for c in DERIVED_WORDS[file["table"]]))
            rows = read_file(session, gate.folder, file["path"]).select(
                f.lit(file["table"]).alias("table"), "id", "origin", words.alias("words")
            )
            found = found.unionAll(rows.where("words is not null"))
    return found
