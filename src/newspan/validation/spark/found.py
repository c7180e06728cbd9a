"""What the rows of a finding are about, fetched from Spark for the few ids that were kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from newspan.validation.outcome import Outcome
from newspan.validation.places import with_places
from newspan.validation.spark.views import SparkViews
from newspan.validation.views import _connect

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
    named = views.session.table
    relations = _of(named("relations"), words)
    ends = {v for name in ("head", "tail") for v in relations[name].to_pylist()}
    spans = _of(named("spans"), words | ends)
    found = {
        "relations": relations,
        "spans": spans,
        "fragments": _of(named("fragments"), set(spans["id"].to_pylist())),
        "article_rows": _of(views.articles, words | set(spans["article_id"].to_pylist())),
        "entities": _of(named("entities"), words),
    }
    connection = _connect()
    try:
        for name, table in found.items():
            connection.register(name, table)
        return with_places(outcomes, connection)
    finally:
        connection.close()


def _of(frame: DataFrame, ids: Iterable[str | None]) -> pa.Table:
    """The rows with one of the ids, which are few."""
    from pyspark.sql import functions as f

    wanted = pa.table({"id": pa.array(sorted(i for i in ids if i is not None), pa.string())})
    known = frame.sparkSession.createDataFrame(wanted)
    found: pa.Table = frame.join(f.broadcast(known), "id", "left_semi").toArrow()
    return found
