"""Comparing two annotations of the same articles: everything that is counted, by origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from newspan.annotations.compare.align import Pairs, align
from newspan.annotations.compare.attributes import attribute_counts
from newspan.annotations.compare.figures import Counts, Estimate, Resampling, estimates
from newspan.annotations.compare.gamma import gamma_counts
from newspan.annotations.compare.passes import Pass
from newspan.annotations.compare.referents import place_counts, speaker_counts
from newspan.annotations.compare.relations import Arcs, relation_counts
from newspan.annotations.compare.sides import Numbers, Side, side_of
from newspan.annotations.compare.spans import character_counts, span_counts
from newspan.errors import DocumentError, Fault, NewspanError

__all__ = ["AGREEMENT", "SCORE", "Asked", "Block", "Comparison", "Row", "compare"]

ALL = "all origins together"


class Asked(NamedTuple):
    """What is to be compared, and how."""

    matched: Literal["overlap", "exact"] = "overlap"
    """Which pairs of spans attributes are compared on."""
    pool: bool = False
    """One block of figures over all origins, instead of one for each."""
    gamma: bool = False
    """Gamma as well, which takes long."""
    count_missing: bool = False
    """An article that only A has counts as one in which B marks nothing."""
    resampling: Resampling = Resampling()
    places: Mapping[str, tuple[float, float]] = {}
    """Latitude and longitude of entities."""


AGREEMENT = Asked()
SCORE = Asked(count_missing=True)


class Row(NamedTuple):
    """Some counts, and the figures computed from them."""

    key: tuple[str, ...]
    counts: tuple[int, ...]
    figures: dict[str, Estimate]


class Block(NamedTuple):
    """The figures over the articles of one origin."""

    origin: str
    articles: int
    spans: list[Row]
    """A row a layer; counts: spans of A and B, pairs exact, overlapping, strict, of one type."""
    characters: list[Row]
    gamma: list[Row]
    attributes: list[Row]
    """A row an attribute; counts: n, agreeing."""
    relations: list[Row]
    """A row a type; counts: of A, of B, and of each with both ends paired, the same, exact."""
    referents: list[Row]
    """Speakers and places; counts: n, agreeing."""


@dataclass(frozen=True)
class Comparison:
    """What comparing two annotations comes to."""

    a: Pass
    b: Pass
    asked: Asked
    articles: list[str]
    origins: list[str]
    """Of each article."""
    missing: list[str]
    """Articles that only A has."""
    extra: list[str]
    """Articles that only B has; they are left out."""
    sides: tuple[Side, Side]
    pairs: Pairs
    blocks: list[Block]


def compare(a: Pass, b: Pass, asked: Asked = AGREEMENT) -> Comparison:
    """Pair the spans of two annotations and count what they have in common.

    Raises NewspanError where they have no article in common, DocumentError where the texts
    of one differ.
    """
    about = _articles(a), _articles(b)
    shared = sorted(about[0].keys() & about[1].keys())
    missing, extra = (sorted(set(x) - set(y)) for x, y in (about, about[::-1]))
    if not shared:
        raise NewspanError(
            Fault(f"has no article in common with {b.path} ({b}).", "Check the paths.", a.path)
        )
    _refuse_other_texts(a, b, about, shared)
    articles = sorted(about[0]) if asked.count_missing else shared
    sides = side_of(a.tables, articles), side_of(b.tables, articles)
    pairs = align(*sides)
    origins = [ALL if asked.pool else about[0][name][1] for name in articles]
    lengths = np.array([about[0][name][2] for name in articles], np.int64)
    sections = dict(_sections(sides, pairs, lengths, asked))
    blocks = [
        _block(origin, np.flatnonzero(np.array(origins) == origin), sections, asked.resampling)
        for origin in sorted(set(origins))
    ]
    return Comparison(a, b, asked, articles, origins, missing, extra, sides, pairs, blocks)


def _articles(one: Pass) -> dict[str, tuple[str, str, int]]:
    """Article id to fingerprint of the text, origin, and length."""
    columns = [one.tables.articles[n].to_pylist() for n in ("id", "text_sha256", "origin")]
    lengths = pc.fill_null(one.tables.articles["n_chars"], 0).cast(pa.int64()).to_pylist()
    return {name: about for name, *about in zip(*columns, lengths, strict=True)}  # type: ignore[misc]


def _refuse_other_texts(
    a: Pass, b: Pass, about: tuple[dict[str, tuple[str, str, int]], ...], shared: list[str]
) -> None:
    others = [n for n in shared if about[0][n][0] != about[1][n][0]]
    if others:
        raise DocumentError(
            *(
                Fault(
                    f"was annotated on another text in {b.path}.",
                    "Annotate the same text, or leave the article out.", a.path, name,
                )
                for name in others
            )
        )  # fmt: skip


def _sections(
    sides: tuple[Side, Side], pairs: Pairs, lengths: Numbers, asked: Asked
) -> Iterator[tuple[str, list[Counts]]]:
    a, b = sides
    n = len(lengths)
    yield "spans", list(span_counts(a, b, pairs, n))
    yield "characters", list(character_counts(a, b, lengths))
    yield "gamma", list(gamma_counts(a, b, lengths)) if asked.gamma else []
    chosen = pairs if asked.matched == "overlap" else pairs.of(pairs.exact)
    yield "attributes", list(attribute_counts(a, b, chosen, n))
    arcs = Arcs(a, b, pairs)
    yield "relations", list(relation_counts(arcs, n))
    referents = list(speaker_counts(arcs, a, b, chosen, n))
    if asked.places:
        referents.append(place_counts(a, b, chosen, asked.places, n))
    yield "referents", referents


def _block(
    origin: str, articles: Numbers, sections: dict[str, list[Counts]], resampling: Resampling
) -> Block:
    made = iter(list(estimates([c for s in sections.values() for c in s], articles, resampling)))
    rows = {name: [_row(*next(made)) for _ in counted] for name, counted in sections.items()}
    present = {row.key for row in rows["spans"] if any(row.counts[:2])}
    for name, own in rows.items():
        by_layer = name in ("characters", "gamma")
        rows[name] = [r for r in own if (r.key in present if by_layer else any(r.counts))]
    return Block(origin, len(articles), **rows)


def _row(counts: Counts, sums: Numbers, figures: dict[str, Estimate]) -> Row:
    if counts.square:
        table = sums.reshape(counts.square, counts.square)
        return Row(counts.key, (int(table.sum()), int(np.trace(table))), figures)
    return Row(counts.key, tuple(sums.tolist()), figures)
