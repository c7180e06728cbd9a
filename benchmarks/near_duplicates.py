"""Near-duplicates among very many articles: newspan's shingles, and plain Python's."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

Work = Callable[[], Any]

_WORDS = 650
"""Words of a text, which make some 4,000 characters."""
_PLANTED = 5
"""Texts that are there again with one word changed; these are to be found, and nothing else."""


def words_alone(articles: str) -> Work:
    """The floor: every text cut into words and each word hashed, once, in polars."""
    import polars as pl

    frame = _frame(int(articles))

    def work() -> int:
        words = pl.col("text").str.to_lowercase().str.extract_all(r"[\p{L}\p{N}]+")
        pieces = frame.lazy().select("id", word=words).explode("word", empty_as_null=True)
        return pieces.select("id", piece=pl.col("word").hash(seed=1)).collect().height

    return work


def newspan(articles: str) -> Work:
    """Sampled shingles in polars, pairs and their likeness in DuckDB, as the checks have them."""
    import duckdb

    from newspan.validation.joins import SQL_VIEWS
    from newspan.validation.similar import pieces

    frame = _frame(int(articles))

    def work() -> None:
        with duckdb.connect() as connection:
            connection.register("articles", frame.select("id", "split", "story").to_arrow())
            connection.register("pieces", pieces(frame).to_arrow())
            found = connection.execute(f"select id, other from ({SQL_VIEWS['near_duplicates']})")
            _judge(found.fetchall())

    return work


def python_sets(articles: str) -> Work:
    """All shingles of a text as a set of Python's, and pairs by an index of one in 32."""
    frame = _frame(int(articles))

    def work() -> None:
        shingles: dict[str, set[int]] = {}
        holders: dict[int, list[str]] = {}
        for name, text in frame.select("id", "text").iter_rows():
            words = text.lower().split()
            shingles[name] = {
                hash(five) for five in zip(*(words[i:] for i in range(5)), strict=False)
            }
            for shingle in shingles[name]:
                if shingle % 32 == 0:
                    holders.setdefault(shingle, []).append(name)
        pairs = {(a, b) for few in holders.values() for a in few for b in few if a < b}
        _judge((a, b) for a, b in pairs if _jaccard(shingles[a], shingles[b]) >= 0.5)

    return work


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)


def _frame(articles: int) -> pl.DataFrame:
    import polars as pl

    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(20_000)]
    texts = [" ".join(chance.choices(words, k=_WORDS)) for _ in range(articles - _PLANTED)]
    texts += [text.replace(" ", " other ", 1) for text in texts[:_PLANTED]]
    return pl.DataFrame(
        {
            "id": [f"bench-{number:06d}" for number in range(articles)],
            "text": texts,
            "n_chars": [len(text) for text in texts],
            "split": "train",
            "story": None,
            "paragraph_sha256": [[""]] * articles,
        },
        schema_overrides={"story": pl.String},
    )


def _judge(pairs: Iterable[tuple[str, str]]) -> None:
    """Raise unless the pairs are those that were planted."""
    found = sorted(tuple(int(name.removeprefix("bench-")) for name in pair) for pair in pairs)
    if len(found) != _PLANTED or [one for one, _ in found] != list(range(_PLANTED)):
        raise AssertionError(found)
