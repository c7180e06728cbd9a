"""Every span's words against its text: newspan's check, a bare polars join, a Python loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Work = Callable[[], Any]


def polars_join(folder: str) -> Work:
    """The floor: one join and one slice a span; says how many differ and no more."""
    import polars as pl

    articles = pl.read_parquet(Path(folder) / "articles" / "*.parquet", columns=["id", "text"])
    spans = pl.read_parquet(
        Path(folder) / "spans" / "*.parquet", columns=["article_id", "start", "end", "text"]
    )

    def work() -> int:
        joined = spans.join(articles, left_on="article_id", right_on="id", suffix="_article")
        found = pl.col("text_article").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
        return joined.filter(found.ne_missing(pl.col("text"))).height

    return work


def newspan(folder: str) -> Work:
    """newspan's: fragments, white space at edges and cut words, besides the words."""
    import polars as pl

    from newspan.validation.slices import fragment_frame, span_frame

    articles = pl.read_parquet(Path(folder) / "articles" / "*.parquet")
    spans = pl.read_parquet(Path(folder) / "spans" / "*.parquet")

    def work() -> int:
        found = span_frame(spans, fragment_frame(spans, articles))
        return found.filter(pl.col("found").ne_missing(pl.col("text"))).height

    return work


def python_loop(folder: str) -> Work:
    """A loop over the spans, with the texts in a dict."""
    import pyarrow.parquet as pq

    texts = pq.read_table(Path(folder) / "articles", columns=["id", "text"])
    held = dict(zip(texts["id"].to_pylist(), texts["text"].to_pylist(), strict=True))
    spans = pq.read_table(Path(folder) / "spans", columns=["article_id", "start", "end", "text"])

    def work() -> int:
        columns = [spans[name].to_pylist() for name in spans.schema.names]
        return sum(held[a][s:e] != t for a, s, e, t in zip(*columns, strict=True))

    return work
