"""The views on Spark: batches of articles through the local functions, the rest in its SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from newspan.corpus.layout import CANONICAL
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS
from newspan.validation.gate import Gate
from newspan.validation.joins import SQL_VIEWS
from newspan.validation.shapes import MAX_EXAMPLES
from newspan.validation.similar import sampled
from newspan.validation.spark.batch import (
    AT,
    AT_DIGITS,
    LOCAL_SQL,
    PLACE,
    plain,
    row_schema,
    view_rows,
)
from newspan.validation.spark.dialect import to_spark
from newspan.validation.spark.files import canonical_rows, derived_words
from newspan.validation.views import LAYER_VIEWS, relation_frame

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["ARTICLES", "SPANS", "SparkViews", "build_views", "with_layers"]

ARTICLES = 500
"""Articles of a batch, about."""
SPANS = 50_000
"""Spans of a batch, about."""
OFTEN = ("mentions", "derivations", "near_duplicates", "sources", "stories", "figures")
"""Views in SQL that several rules read: they are kept."""
_END = pa.struct([("layer", pa.string()), ("article_id", pa.string()), ("split", pa.string()),
                  ("start", pa.int32()), ("end", pa.int32())])  # fmt: skip
"""What a relation is joined with of the span at an end."""


class SparkViews(NamedTuple):
    """The views, as temporary views of a session."""

    session: SparkSession
    names: frozenset[str]
    held: dict[str, int]
    """Rows of the canonical tables."""
    expected: dict[str, int]
    """View to the rows it must have, counted in the tables."""
    articles: DataFrame
    """The articles as they are in the tables, with their texts."""
    batches: DataFrame
    """What the batches made: of use until the views are kept."""
    kept: dict[str, DataFrame]
    """The views that Spark keeps, those of records with AT."""

    def rows(self, names: Collection[str]) -> dict[str, int]:
        """View to the number of its rows, counted in one job, which makes the views."""
        known = sorted({*self.kept, *names} & self.names)
        each = (f"select '{name}' as view, count(*) as n from `{name}`" for name in known)
        counted = self.session.sql(" union all ".join(each)).collect()
        self.batches.unpersist()
        return {row["view"]: row["n"] for row in counted}

    def release(self) -> None:
        """Give back what Spark keeps of the views."""
        for frame in (self.batches, *self.kept.values()):
            frame.unpersist()


def build_views(session: SparkSession, gate: Gate) -> SparkViews:
    """Make the views of the tables of a corpus folder. Nothing but counts comes back."""
    rows = canonical_rows(session, gate)
    expected, characters = _counted(rows)
    held = {name: expected[name] for name in CANONICAL}
    batches = 1 + max(held["articles"] // ARTICLES, held["spans"] // SPANS)
    _spread(session, batches)
    made = _through_batches(rows, batches, sampled(characters)).persist()
    names = [name for name in made.columns if name != "view"]
    frames = {name: made.where(f"view = '{name}'").select(f"`{name}`.*") for name in names}
    frames |= _joined_parts(frames)
    frames["relations"] = _relations(frames["relations"], frames["spans"])
    # Each of its own columns: a rule that reads one need not read them all.
    kept = {name: frame.persist() for name, frame in frames.items()}
    for name, frame in kept.items():
        _named(name, frame.drop(AT))
    _named("files", session.createDataFrame(gate.files))
    _named("readings", session.createDataFrame(gate.readings))
    _named("derived_words", derived_words(session, gate))
    known = frozenset(names) | {"files", "readings", "derived_words"}
    for name in SQL_VIEWS:
        if name not in LOCAL_SQL:
            frame = session.sql(to_spark(with_layers(SQL_VIEWS[name]), known))
            _named(name, frame)
            if name in OFTEN:
                kept[name] = frame.persist()
            known |= {name}
    articles = rows.where("articles is not null").select("articles.*", AT)
    return SparkViews(session, known, held, expected, articles, made, kept)


def with_layers(query: str) -> str:
    """A view's SQL with the list of layers in the place of its parameter."""
    listed = ", ".join(f"'{layer}'" for layer in LAYERS)
    return query.replace("unnest(?)", f"unnest([{listed}])")


def _named(name: str, frame: DataFrame) -> None:
    frame.createOrReplaceTempView(name)


def _spread(session: SparkSession, batches: int) -> None:
    """Let joins be in as many parts as there are batches, where Spark is set up for more."""
    key = "spark.sql.shuffle.partitions"
    asked = int(session.conf.get(key) or batches)
    parallel = session.sparkContext.defaultParallelism
    session.conf.set(key, str(min(asked, max(batches, parallel))))


def _counted(rows: DataFrame) -> tuple[dict[str, int], int]:
    """(view to the rows it must have, characters of text), from the tables themselves."""
    from pyspark.sql import functions as f

    counts = [f.count(name).alias(name) for name in CANONICAL]
    mentions = f.lit(0)
    for layer, view in LAYER_VIEWS.items():
        own = (f.col("spans.layer") == layer) & f.col(f"spans.{layer}").isNotNull()
        counts.append(f.count(f.when(own, 1)).alias(view))
        if "entity" in {field.name for field in attributes(layer)}:
            mentions += f.count(f.when(own & f.col(f"spans.{layer}.entity").isNotNull(), 1))
    # A span without fragments has one row, so that it can be found.
    fragments = f.greatest(f.size("spans.fragments"), f.lit(1))
    sources = f.greatest(f.size("articles.based_on"), f.lit(0))
    story = f.coalesce("articles.story", f.lit(""))
    counts += [
        mentions.alias("mentions"),
        f.sum(f.when(f.col("spans").isNotNull(), fragments)).alias("fragments"),
        f.sum(f.when(f.col("articles").isNotNull(), sources)).alias("sources"),
        f.count_distinct(f.when(f.col("articles").isNotNull(), story)).alias("stories"),
        f.sum("articles.n_chars").alias("characters"),
    ]
    found = {name: n or 0 for name, n in rows.agg(*counts).collect()[0].asDict().items()}
    return found, found.pop("characters")


def _through_batches(rows: DataFrame, batches: int, one_in: int) -> DataFrame:
    """All views of batches: `view` names one, the column of that name has its row."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

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


def _joined_parts(frames: Mapping[str, DataFrame]) -> dict[str, DataFrame]:
    """The views of which batches made parts."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    def own_id(name: str) -> str:
        return f"nullif(substring(`{name}`, {AT_DIGITS + 1}), '') as `{name}`"

    example = f.min("example").alias("example")
    rows = f.sum("rows").alias("rows")
    of_field = Window.partitionBy("record", "layer", "field").orderBy("id", PLACE)
    malformed = frames["malformed"].withColumn("first", f.row_number().over(of_field))
    missing = frames["missing_values"].groupBy("record", "layer", "field")
    labels = frames["labels"].groupBy("record", "layer", "field", "value", "allowed")
    joined = {
        "missing_values": (
            missing.agg(rows, f.sum("missing").alias("missing"), example),
            "example",
        ),
        "labels": (labels.agg(rows, example), "example"),
        "malformed": (malformed.where(f"first <= {MAX_EXAMPLES}"), "id"),
    }
    return {
        name: frame.selectExpr(
            *(own_id(c) if c == named else f"`{c}`" for c in frames[name].columns if c != PLACE)
        )
        for name, (frame, named) in joined.items()
    }


def _relations(relations: DataFrame, spans: DataFrame) -> DataFrame:
    """The relations with what is said of both ends, in whatever batch these are."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    end = f.struct(*(f"`{name}`" for name in _END.names))
    # Of spans of one id, the first is meant, as everywhere.
    ends = spans.groupBy("id").agg(f.min_by(end, AT).alias("end"))
    both = relations
    for name in ("head", "tail"):
        own = ends.select(f.col("id").alias(name), f.col("end").alias(f"{name}_span"))
        both = both.join(own, name, "left")
    given = row_schema("relations")
    for name in ("head", "tail"):
        given = given.append(pa.field(f"{name}_span", _END))
    given = given.append(pa.field(AT, pa.int64()))
    schema = from_arrow_schema(_beside_ends(given.empty_table()).schema)
    return both.select(*given.names).mapInArrow(_joined, schema)


def _joined(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from _beside_ends(pa.Table.from_batches([batch])).to_batches()


def _beside_ends(both: pa.Table) -> pa.Table:
    """Relations beside the spans that they name, as the local engine joins them."""
    import polars as pl

    relations = pl.DataFrame(pl.from_arrow(both.drop_columns(["head_span", "tail_span"])))
    ends = []
    for name in ("head", "tail"):
        found = both.filter(pc.is_valid(both[f"{name}_span"]))
        columns = [pc.struct_field(found[f"{name}_span"], column) for column in _END.names]
        known = pa.table([found[name], *columns], names=["id", *_END.names])
        ends.append(pl.DataFrame(pl.from_arrow(known)))
    return plain(relation_frame(relations, pl.concat(ends)).to_arrow())
