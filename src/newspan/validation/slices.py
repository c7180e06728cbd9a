"""Spans beside their articles: every fragment cut out of the text again, once for all checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.schema.arrow import layer_structs
from newspan.schema.model import FRAGMENT_JOINT
from newspan.validation.gate import FILE_SPLIT

if TYPE_CHECKING:
    import polars as pl

__all__ = ["fragment_frame", "layer_frame", "span_frame"]

_ALNUM = r"[\p{L}\p{N}]"


def fragment_frame(spans: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """One row a fragment: row and id of its span, position, start, end, n_chars of the article.

    Besides, `found` is the slice of the article, null where it has no text; `trimmed` says that white
    space stands at an edge; `cut` says that an edge falls between two letters or digits.
    """
    import polars as pl

    texts = articles.select(pl.col("id").alias("article_id"), "text", "n_chars").unique(
        "article_id", keep="first"
    )
    exploded = (
        spans.lazy()
        .with_row_index("row")
        .select("row", "id", "article_id", "layer", "fragments")
        .explode("fragments", empty_as_null=True)
        .with_columns(pl.col("fragments").struct.unnest())
        .drop("fragments")
        .with_columns(position=pl.int_range(pl.len()).over("row"))
        .join(texts.lazy(), on="article_id", how="left", maintain_order="left")
    )
    # One pass over the text a fragment: its slice with a character to either side.
    start = pl.col("start").clip(0)
    length = (pl.col("end") - start).clip(0)
    lead = (start > 0).cast(pl.Int32)
    framed = exploded.with_columns(
        framed=pl.col("text").str.slice(start - lead, length + lead + 1)
    ).with_columns(
        found=pl.when(start > 0)
        .then(pl.col("framed").str.slice(1, length))
        .otherwise(pl.col("framed").str.slice(0, length))
    )
    inner = pl.col("found").str.len_chars()
    followed = pl.col("framed").str.len_chars() > inner + lead
    return (
        framed.with_columns(
            trimmed=pl.col("found") != pl.col("found").str.strip_chars(),
            cut=((start > 0) & (inner > 0) & pl.col("framed").str.contains(f"^{_ALNUM}{{2}}"))
            | (followed & (inner > 0) & pl.col("framed").str.contains(f"{_ALNUM}{{2}}$")),
        )
        .drop("framed", "text")
        .collect()
    )


def span_frame(
    spans: pl.DataFrame, articles: pl.DataFrame, fragments: pl.DataFrame
) -> pl.DataFrame:
    """The spans table with `found` (the words in the article, fragments joined), facts of the
    article, `n_fragments`, and `misfilled`: the attribute columns wrongly filled or empty."""
    import polars as pl

    facts = articles.select(
        pl.col("id").alias("article_id"), "n_chars", "story", "split", "origin",
        has_text=pl.col("text").is_not_null(), article_found=pl.lit(True),
    ).unique("article_id", keep="first")  # fmt: skip
    several = pl.col("n_fragments") > 1
    counted = (
        spans.lazy().with_row_index("row").with_columns(n_fragments=pl.col("fragments").list.len())
    )
    joined = (
        fragments.lazy()
        .filter(pl.len().over("row") > 1)
        .group_by("row")
        .agg(several_found=pl.col("found").sort_by("position").str.join(
            FRAGMENT_JOINT, ignore_nulls=False))
    )  # fmt: skip
    single = fragments.lazy().group_by("row").agg(
        one_found=pl.col("found").first(),
        first_start=pl.col("start").first(), last_end=pl.col("end").last(),
    )  # fmt: skip
    return (
        counted.join(single, on="row", how="left", maintain_order="left")
        .join(joined, on="row", how="left", maintain_order="left")
        .join(facts.lazy(), on="article_id", how="left", maintain_order="left")
        .with_columns(
            found=pl.when(several).then("several_found").otherwise("one_found"),
            article_found=pl.col("article_found").fill_null(False),
            misfilled=_misfilled(),
        )
        .drop("row", "several_found", "one_found", "fragments")
        .collect()
    )


def _misfilled() -> pl.Expr:
    """Names of the attribute structs that are filled on another layer or empty on their own."""
    import polars as pl

    wrong = [
        pl.when((pl.col("layer") == struct.name) != pl.col(struct.name).is_not_null())
        .then(pl.lit(struct.name))
        for struct in layer_structs()
    ]  # fmt: skip
    named = pl.concat_str(wrong, separator=" ", ignore_nulls=True)
    return pl.when(named != "").then(named)


def layer_frame(spans: pl.DataFrame, layer: str) -> pl.DataFrame:
    """The spans of one layer, its attributes as plain columns; those without any left out."""
    import polars as pl

    common = [
        "id", "article_id", "layer", "start", "end", "text", "n_fragments", "has_text",
        "story", "split", "origin", "derived_from", FILE_SPLIT,
    ]  # fmt: skip
    return (
        spans.lazy()
        .filter((pl.col("layer") == layer) & pl.col(layer).is_not_null())
        .select(*common, pl.col(layer).struct.unnest())
        .collect()
    )
