"""Labels are compared over stories: what one event is full of is no drift."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import duckdb
import polars as pl
import pytest

from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS
from newspan.validation.shares import FEWEST_STORIES, SHARES

Form = Callable[[str, float], str]
"""The form of a quote, by its split and its story's own inclination, of 0 to 1."""


@pytest.fixture
def shares() -> Iterator[Callable[[Form, int], pl.DataFrame]]:
    with duckdb.connect() as connection:

        def run(form: Form, stories: int) -> pl.DataFrame:
            quotes = _quotes(form, stories)
            for layer in LAYERS:
                names = [f.name for f in attributes(layer) if f.values]
                columns = dict.fromkeys(("story", "split", *names), pl.String)
                empty = pl.DataFrame(schema=columns)
                own = quotes.select(pl.col(c) if c in quotes.columns else pl.lit(None).alias(c)
                                    for c in columns) if layer == "quote" else empty  # fmt: skip
                connection.register(f"{layer}s", own.cast(columns).to_arrow())
            spans = quotes.select("story", "split", layer=pl.lit("quote"))
            connection.register("spans", spans.to_arrow())
            found = pl.DataFrame(pl.from_arrow(connection.sql(SHARES).to_arrow_table()))
            return found.filter(pl.col("field") == "form")

        yield run


def _quotes(form: Form, stories: int) -> pl.DataFrame:
    """Twenty quotes a story, stories in two splits, a story's quotes alike."""
    chance = random.Random(7)
    rows = []
    for n in range(stories):
        split = ("train", "test")[n % 2]
        inclination = chance.random()
        rows += [(f"s{n}", split, form(split, inclination * chance.random())) for _ in range(20)]
    return pl.DataFrame(rows, schema=["story", "split", "form"], orient="row")


def likely_direct(split: str, x: float) -> str:
    return "direct" if x > 0.3 else "indirect"


def test_stories_that_differ_are_no_drift(
    shares: Callable[[Form, int], pl.DataFrame],
) -> None:
    found = shares(likely_direct, 200)
    assert set(found["value"]) == {"direct", "indirect"}
    assert found.filter(pl.col("split") == "test")["of_spans"].to_list() == [2000, 2000]
    assert found["deviations"].max() < 4


def test_another_rule_in_one_split_is_drift(
    shares: Callable[[Form, int], pl.DataFrame],
) -> None:
    def drifted(split: str, x: float) -> str:
        return likely_direct(split, x / 3 if split == "test" else x)

    found = shares(drifted, 200)
    assert found["deviations"].min() > 5
    assert found["difference"].min() > 0.05
    row = found.row(0, named=True)
    assert (row["value"], row["split"]) == ("direct", "test")
    assert row["share"] < row["rest_share"]


def test_few_stories_say_nothing(shares: Callable[[Form, int], pl.DataFrame]) -> None:
    assert shares(likely_direct, 2 * FEWEST_STORIES - 2).height == 0
    assert shares(likely_direct, 2 * FEWEST_STORIES).height > 0
