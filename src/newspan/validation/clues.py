"""What stands in the text that bears on an attribute: the words of a number and those around
it, the title before a name, the marks of a quote, the names left unmarked.

Read from the text once, so that a rule compares columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.validation.names import unmarked_names
from newspan.validation.quotation_marks import loose_in_article, loose_in_quote, marks_of
from newspan.validation.wording import with_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

__all__ = ["with_clues", "with_loose_marks"]

NEAR = 24
"""Characters before and after a number that are kept."""
LINE = 80
"""Characters after a place that may belong to the same dateline."""
FAR = 400
"""Characters beside a quote in which a mark that it lacks is looked for."""
_ROW = "_row"
"""Column with the place of a span: ids are doubled in a corpus that has that fault."""


def with_clues(
    layers: Mapping[str, pl.DataFrame], articles: pl.DataFrame
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """The frames of the layers with what the text says of them; the names left unmarked.

    Numbers gain said_value, said_modifier, said_units, dimension, before and after; actors
    `title_found`; locations `after`, if they begin the article or are said to be in its dateline;
    quotes `loose_mark`.
    """
    import polars as pl

    texts = (
        articles.lazy()
        .select(article_id="id", article_text="text")
        .unique("article_id", keep="first")
    )
    made = dict(layers)
    made["number"] = _beside(with_wording(layers["number"]), texts, NEAR, NEAR)
    made["actor"] = _with_titles(layers["actor"], texts)
    made["location"] = _with_openings(layers["location"], texts)
    made["quote"] = _with_loose_marks(layers["quote"], texts)
    columns = ("id", "article_id", "layer", "start", "end", "text")
    marked = pl.concat([layers[layer].select(columns) for layer in ("actor", "location")])
    called = layers["actor"].filter(pl.col("mention") == "name").select(columns)
    names = pl.concat([called, layers["location"].select(columns)])
    return made, unmarked_names(names, marked, articles)


def with_loose_marks(articles: pl.DataFrame) -> pl.DataFrame:
    """The articles with `loose_mark`: a quotation mark that is opened and not closed."""
    return _read(articles, articles.select(_marks()).to_series(), loose_in_article)


def _beside(frame: pl.DataFrame, texts: pl.LazyFrame, before: int, after: int) -> pl.DataFrame:
    """The spans with `before` and `after`: what stands beside them, at most so many characters.

    Null where a span's text is not what stands at its offsets, which are wrong then; a text
    that is null agrees with all.
    """
    import polars as pl

    start = pl.col("start").clip(0)
    lead = pl.min_horizontal(start, before)
    length = (pl.col("end") - start).clip(0)
    around = pl.col("around").str
    right = pl.col("text").is_null() | (around.slice(lead, length) == pl.col("text"))
    return (
        frame.lazy()
        .join(texts, on="article_id", how="left", maintain_order="left")
        .with_columns(around=pl.col("article_text").str.slice(start - lead, lead + length + after))
        .with_columns(
            before=pl.when(right).then(around.slice(0, lead)),
            after=pl.when(right).then(around.slice(lead + length)),
        )
        .drop("article_text", "around")
        .collect()
    )


def _with_titles(actors: pl.DataFrame, texts: pl.LazyFrame) -> pl.DataFrame:
    """With `title_found`: whether the title stands right before the name, a comma between or not.

    Null without a title or a text.
    """
    import polars as pl

    longest = actors["title"].str.len_chars().max()
    actors = actors.with_row_index(_ROW)
    named = actors.filter(pl.col("title").is_not_null())
    named = named.select(_ROW, "article_id", "start", "end", "text", "title")
    titled = _beside(named, texts, (longest if isinstance(longest, int) else 0) + 3, 0)
    found = titled.select(
        _ROW, title_found=pl.col("before").str.strip_chars_end(", ").str.ends_with(pl.col("title"))
    )
    return actors.join(found, on=_ROW, how="left", maintain_order="left").drop(_ROW)


def _with_openings(locations: pl.DataFrame, texts: pl.LazyFrame) -> pl.DataFrame:
    """With `after`: what follows a dateline or the place that begins an article; else null."""
    import polars as pl

    opening = (pl.col("start") == 0) | pl.col("dateline")
    locations = locations.with_row_index(_ROW)
    first = locations.filter(opening).select(_ROW, "article_id", "start", "end", "text")
    after = _beside(first, texts, 0, LINE).select(_ROW, "after")
    return locations.join(after, on=_ROW, how="left", maintain_order="left").drop(_ROW)


def _with_loose_marks(quotes: pl.DataFrame, texts: pl.LazyFrame) -> pl.DataFrame:
    """With `loose_mark`: a mark in the quote whose fellow stands outside of it.

    One that has no fellow in the paragraph either is the text's affair.
    """
    import polars as pl

    read = _read(quotes, quotes.select(_marks()).to_series(), loose_in_quote)
    quotes = quotes.with_row_index(_ROW)
    loose = read.with_row_index(_ROW).filter(pl.col("loose_mark").is_not_null()).select(
        _ROW, "article_id", "start", "end", "loose_mark",
        text=pl.when(pl.col("n_fragments") == 1).then(pl.col("text")),
    )  # fmt: skip
    beside = _beside(loose, texts, FAR, FAR)
    opening = pl.col("loose_mark") != "”"
    outside = (
        pl.when(opening)
        .then(
            # Closed before anything is opened, at a place where marks are closed.
            pl.col("after").str.contains(r'^[^“"\n]*[^\s“"(][”"]|^[”"]')
        )
        .otherwise(pl.col("before").str.contains(r"“[^”\n]*$"))
    )
    kept = beside.filter(outside).select(_ROW, "loose_mark")
    return quotes.join(kept, on=_ROW, how="left", maintain_order="left").drop(_ROW)


def _marks() -> pl.Expr:
    import polars as pl

    return marks_of(pl.col("text")).alias("marks")


def _read(frame: pl.DataFrame, marks: pl.Series, read: Callable[[str], str | None]) -> pl.DataFrame:
    """The frame with `loose_mark`, every sequence of marks read once."""
    import polars as pl

    each = marks.drop_nulls().unique()
    loose = pl.Series([read(sequence) for sequence in each], dtype=pl.String)
    found = pl.DataFrame({"marks": each, "loose_mark": loose})
    return (
        frame.hstack([marks.alias("marks")])
        .join(found, on="marks", how="left", maintain_order="left")
        .drop("marks")
    )
