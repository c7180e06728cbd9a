"""Names that are marked in one place of an article and left unmarked in another.

The names of all articles are looked for at once, in a copy of the texts that has one byte a
character, so that what is found has code points for its offsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

__all__ = ["unmarked_names"]

_LETTER, _OTHER = "\x01", "\x02"
"""Stand for a letter, or for any other character, that is not ASCII."""
_PART_OF_WORD = f"[A-Za-z0-9{_LETTER}-]"
"""What makes a name next to it a part of another word; a hyphen may."""
_OPENING = 100
"""Characters within which a dateline ends."""
_COMMON = "(?i)(?:^|[^a-z])(?:one|another|each|every|many) $"
"""Before a name these show that it is a word for its members: one Ledoran, not a name."""


def unmarked_names(
    names: pl.DataFrame, marked: pl.DataFrame, articles: pl.DataFrame
) -> pl.DataFrame:
    """Rows (id, article_id, layer, text, start, end): where a name stands unmarked.

    `names` are spans of names, `id` one that has these words, `layer` its layer. Unmarked is
    what lies in no span of `marked`, so that neither a name inside a longer one nor the same
    words in the other layer count. Only what begins with a capital letter is looked for.
    """
    import polars as pl

    texts = (
        articles.select(article_id="id", plain=_one_byte(pl.col("text")))
        .filter(pl.col("plain").is_not_null())
        .unique("article_id", keep="first")
    )
    known = (
        names.filter(pl.col("text").str.contains(r"^\p{Lu}."))
        .group_by("article_id", "text", maintain_order=True)
        .agg(pl.col("id", "layer").first(), marked=pl.len())
        .with_columns(name=_one_byte(pl.col("text")))
    )
    hits = _hits(texts, known)
    # Most names are marked wherever they stand: there is nothing to look at more closely.
    surplus = hits.group_by("article_id", "name").agg(found=pl.len())
    doubtful = known.join(surplus, on=["article_id", "name"]).filter(
        pl.col("found") > pl.col("marked")
    )
    # Step by step: as one lazy query this takes many times as long.
    at = hits.join(doubtful, on=["article_id", "name"]).with_columns(
        end=pl.col("start") + pl.col("name").str.len_chars()
    )
    at = at.join(texts, on="article_id").filter(~_no_name()).drop("plain", "name")
    around = _marked(marked, at)
    covered = at.join(around, on="article_id").filter(
        (pl.col("from") <= pl.col("start")) & (pl.col("end") <= pl.col("to"))
    )
    place = ["article_id", "start", "end"]
    return (
        at.join(covered, on=place, how="anti")
        .select("id", "article_id", "layer", "text", "start", "end")
        .sort("article_id", "start")
    )


def _one_byte(text: pl.Expr) -> pl.Expr:
    """The text with one ASCII character in the place of every other."""
    letters = text.str.replace_all(r"[\p{L}&&[^\x00-\x7f]]", _LETTER)
    return letters.str.replace_all(r"[^\x00-\x7f]", _OTHER)


def _hits(texts: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Rows (article_id, name, start): where a name of an article stands in it, also in words."""
    import polars as pl

    wanted = known["name"].unique().implode()
    plain = pl.col("plain").str
    found = texts.select(
        "article_id",
        name=plain.extract_many(wanted, overlapping=True),
        start=plain.find_many(wanted, overlapping=True),
    )
    return (
        found.explode("name", "start")
        .with_columns(pl.col("start").cast(pl.Int32))
        .join(known, on=["article_id", "name"], how="semi")
    )


def _no_name() -> pl.Expr:
    """Whether a hit is a part of a longer word, a common noun or a credit."""
    import polars as pl

    plain, start, end = pl.col("plain"), pl.col("start"), pl.col("end")
    lead = pl.min_horizontal(start, 9)
    before = plain.str.slice(start - lead, lead)
    touching = before.str.contains(f"{_PART_OF_WORD}$")
    touching |= plain.str.slice(end, 1).str.contains(_PART_OF_WORD)
    # An agency's name in brackets beside the dateline is a credit, which is not marked (C6).
    credit = (start < _OPENING) & before.str.ends_with("(") & (plain.str.slice(end, 1) == ")")
    # "North" alone may name a state; in "North Korean" it does not.
    side = pl.col("name").is_in(["North", "South", "East", "West"])
    side &= plain.str.slice(end, 2).str.contains("^ [A-Z]")
    return touching | credit | side | before.str.contains(_COMMON)


def _marked(spans: pl.DataFrame, at: pl.DataFrame) -> pl.DataFrame:
    """Rows (article_id, from, to): what is marked in the articles of some hits."""
    import polars as pl

    wanted = at.select("article_id").unique()
    return spans.join(wanted, on="article_id", how="semi").select(
        "article_id", pl.col("start").alias("from"), pl.col("end").alias("to")
    )
