"""What articles are made of, so that nearly equal ones can be found: shingles or paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

__all__ = ["pieces", "sampled"]

WORDS = 5
"""Words in a shingle."""
FULL_CHARACTERS = 4_000_000
"""Up to so much text every shingle is compared; beyond it, one in n."""
CHUNK = 5_000
"""Articles shingled at a time, which bounds memory."""
_MIXER = 0x9E3779B97F4A7C15


def sampled(characters: int) -> int:
    """Of how many shingles one is compared, in a corpus with so much text."""
    return max(1, characters // FULL_CHARACTERS)


def pieces(articles: pl.DataFrame, one_in: int | None = None) -> pl.DataFrame:
    """Rows (article_id, piece): the hashes of what an article is made of, each once.

    A piece is a shingle of WORDS words, case-folded, or, for an article without text, the
    fingerprint of a paragraph. Of much text the same sample is taken in every article, so
    that the share two articles have in common is kept; `one_in` is that of the whole corpus,
    where these are a part of it.
    """
    import polars as pl

    if one_in is None:
        total: Any = articles["n_chars"].sum()
        one_in = sampled(int(total))
    empty = pl.DataFrame(schema={"article_id": pl.String, "piece": pl.UInt64})
    found = [
        _shingles(articles[at : at + CHUNK], one_in) for at in range(0, articles.height, CHUNK)
    ]
    paragraphs = (
        articles.lazy()
        .select(article_id="id", piece="paragraph_sha256")
        .explode("piece", empty_as_null=True)
        .filter(pl.col("piece").is_not_null())
        .with_columns(pl.col("piece").hash(seed=1))
        .unique()
        .collect()
    )
    standoff = articles.filter(pl.col("text").is_null())["id"]
    return pl.concat(
        [empty, *found, paragraphs.filter(pl.col("article_id").is_in(standoff.implode()))]
    )


def _shingles(articles: pl.DataFrame, one_in: int) -> pl.DataFrame:
    import polars as pl

    words = (
        articles.lazy()
        .filter(pl.col("text").is_not_null())
        .select(
            article_id="id",
            word=pl.col("text").str.to_lowercase().str.extract_all(r"[\p{L}\p{N}]+"),
        )
        .explode("word", empty_as_null=True)
        .with_columns(piece=pl.col("word").hash(seed=1))
    )
    mixed = pl.col("piece")
    for ahead in range(1, WORDS):
        step = pl.col("piece").shift(-ahead)
        mixed = mixed * pl.lit(_MIXER, dtype=pl.UInt64) + step
    whole = pl.col("article_id") == pl.col("article_id").shift(-(WORDS - 1))
    return (
        words.select("article_id", piece=pl.when(whole).then(mixed))
        .filter(pl.col("piece").is_not_null())
        # The high bits are the well-mixed ones after a multiplication.
        .filter((pl.col("piece") // 2**33) % one_in == 0)
        .unique()
        .collect()
    )
