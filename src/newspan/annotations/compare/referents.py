"""How well two annotations agree on who speaks and on which place is meant.

A speaker is right where a paired quote has the same speakers on both sides: as mentions (the
very spans), or as entities where all of them have one. Quotes to which neither side gives a
speaker are not counted. A place is right where its entity lies within a hundred miles of the
one that side A names, as in the literature on toponym resolution.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from newspan.annotations.compare.align import Pairs
from newspan.annotations.compare.attributes import answers_of, tallied
from newspan.annotations.compare.figures import Counts, Share
from newspan.annotations.compare.relations import Arcs
from newspan.annotations.compare.sides import Flags, Numbers, Side
from newspan.annotations.distance import kilometres
from newspan.schema.model import LAYERS, RELATIONS

__all__ = ["NEAR_KM", "place_counts", "speaker_counts"]

NEAR_KM = 161.0
_SAID_BY = list(RELATIONS).index("said_by")
_LAYERS = list(LAYERS)


def speaker_counts(arcs: Arcs, a: Side, b: Side, pairs: Pairs, articles: int) -> Iterator[Counts]:
    """By article, the paired quotes with a speaker, and those with the same on both sides."""
    quotes = pairs.of(a.layer[pairs.a] == _LAYERS.index("quote"))
    said_a, said_b = arcs.a.kind == _SAID_BY, arcs.b.kind == _SAID_BY
    of_a = np.bincount(arcs.a.head[said_a], minlength=len(a))[quotes.a]
    of_b = np.bincount(arcs.b.head[said_b], minlength=len(b))[quotes.b]
    common = np.bincount(arcs.a.head[said_a & arcs.same], minlength=len(a))[quotes.a]
    some = (of_a > 0) | (of_b > 0)
    article = a.article[quotes.a]
    right = (of_a == common) & (of_b == common)
    yield _accuracy("speaker, as a mention", some, right, article, articles)
    names = answers_of(a.attribute("actor", "entity"), b.attribute("actor", "entity"))
    right, known = _same_sets(arcs, quotes, (said_a, said_b), names)
    yield _accuracy("speaker, as an entity", some & known, right, article, articles)


def _accuracy(name: str, counted: Flags, right: Flags, article: Numbers, articles: int) -> Counts:
    rows = tallied(article, articles, (counted, counted & right))
    return Counts((name,), rows, {"accuracy": Share((0.0, 1.0), (1.0, 0.0))})


def _same_sets(
    arcs: Arcs, quotes: Pairs, said: tuple[Flags, Flags], names: tuple[Numbers, Numbers]
) -> tuple[Flags, Flags]:
    """For each pair of quotes whether the entities of its speakers are the same, and all known."""
    n = len(quotes.a)
    width = 1 + max(int(codes.max(initial=0)) for codes in names)
    known = np.ones(n, bool)
    sets = []
    for side, own, codes, mine in zip(
        (arcs.a, arcs.b), said, names, (quotes.a, quotes.b), strict=True
    ):
        place = np.full(len(codes), -1)
        place[mine] = np.arange(n)
        pair, entity = place[side.head[own]], codes[side.tail[own]]
        inside = pair >= 0
        known[pair[inside & (entity < 0)]] = False
        keep = inside & (entity >= 0)
        sets.append(np.unique(pair[keep] * width + entity[keep]))
    odd = np.setxor1d(sets[0], sets[1], assume_unique=True) // width
    same = np.ones(n, bool)
    same[odd] = False
    return same, known


def place_counts(
    a: Side, b: Side, pairs: Pairs, places: Mapping[str, tuple[float, float]], articles: int
) -> Counts:
    """By article, the paired locations that A puts somewhere, and those B puts near it."""
    own = pairs.of(a.layer[pairs.a] == _LAYERS.index("location"))
    points = [
        np.array(
            [
                places.get(key, (np.nan, np.nan))
                for key in side.attribute("location", "entity").take(pa.array(chosen)).to_pylist()
            ]
        ).reshape(-1, 2)
        for side, chosen in ((a, own.a), (b, own.b))
    ]
    there = ~np.isnan(points[0][:, 0])
    near = kilometres(*points) <= NEAR_KM
    name = f"location, within {NEAR_KM:.0f} km"
    return _accuracy(name, there, near, a.article[own.a], articles)
