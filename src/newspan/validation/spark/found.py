"""What the rows of a finding are about, fetched from Spark for the few ids that were kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from newspan.validation.outcome import Outcome
from newspan.validation.places import MAX_SAME, with_places
from newspan.validation.spark.batch import AT
from newspan.validation.spark.views import SparkViews
from newspan.validation.views import connect

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["with_places_on"]


def with_places_on(outcomes: Sequence[Outcome], views: SparkViews) -> tuple[Outcome, ...]:
    """The outcomes with what their rows are about, as the local engine has it.

    The records that are named are fetched, and looked up in tables of their own.
    """
    words = {v for o in outcomes for row in o.rows for v in row.values() if isinstance(v, str)}
    if not words:
        return tuple(outcomes)
    relations = _first(views.kept["relations"], words)
    ends = {v for name in ("head", "tail") for v in relations[name].to_pylist()}
    spans = _first(views.kept["spans"], words | ends)
    times = Counter(spans["id"].to_pylist())
    found = {
        "relations": relations,
        "spans": spans,
        # Where an id is there twice, nobody can tell whose fragments these are.
        "fragments": _of(
            views.kept["fragments"], [i for i, n in times.items() if n == 1]
        ).toArrow(),
        "article_rows": _first(views.articles, words | set(spans["article_id"].to_pylist())),
        "entities": _first(views.kept["entities"], words),
    }
    connection = connect()
    try:
        for name, table in found.items():
            connection.register(name, table)
        return with_places(outcomes, connection)
    finally:
        connection.close()


def _first(frame: DataFrame, ids: Iterable[str | None]) -> pa.Table:
    """The first rows of each id, so many that it is seen whether all are there."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    numbered = _of(frame, ids).withColumn(
        "_number", f.row_number().over(Window.partitionBy("id").orderBy(AT))
    )
    found: pa.Table = numbered.where(f"_number <= {MAX_SAME + 1}").drop("_number").toArrow()
    return found.sort_by(AT)


def _of(frame: DataFrame, ids: Iterable[str | None]) -> DataFrame:
    """The rows with one of some ids, which are few."""
    from pyspark.sql import functions as f

    wanted = pa.table({"id": pa.array(sorted(i for i in ids if i is not None), pa.string())})
    known = frame.sparkSession.createDataFrame(wanted)
    return frame.join(f.broadcast(known), "id", "left_semi")
