"""The proposer under Spark's mapInArrow: the same function, the same proposals."""

from __future__ import annotations

import sys

import pytest

from bare import REPORT, article
from newspan.annotations.propose.arrow import proposals_schema, propose_batches
from newspan.schema.model import Document
from newspan.schema.tables import tables

pytestmark = pytest.mark.slow


def test_spark_proposes_what_one_process_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    sql = pytest.importorskip("pyspark.sql")
    from pyspark.sql.pandas.types import from_arrow_schema

    bare = [Document(article=article(REPORT, f"inv-{n:04}")) for n in range(6)]
    articles = tables(bare).articles
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    try:
        frame = session.createDataFrame(articles).repartition(2, "id")
        made = frame.mapInArrow(propose_batches, from_arrow_schema(proposals_schema()))
        rows = made.select("id", "spans").orderBy("id").toArrow().to_pylist()
    finally:
        session.stop()
    (expected,) = propose_batches(articles.slice(0, 1).to_batches())
    assert [row["id"] for row in rows] == [d.article.id for d in bare]
    own = expected["spans"].to_pylist()[0]
    assert [(s["layer"], s["start"], s["end"]) for s in rows[0]["spans"]] == [
        (s["layer"], s["start"], s["end"]) for s in own
    ]
    assert len(own) > 20
