"""Pairs of spans: the best ones, one to one, by the characters of their fragments."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compare.variants import compared, document, figures, span

Place = tuple[int, int]
Places = list[Place]


def pairs(a: Places, b: Places) -> set[tuple[Place, Place]]:
    found = compared(*([document(span(f"{n}", "cue", p) for n, p in enumerate(s))] for s in (a, b)))
    x, y = found.sides
    return {
        (x.fragments(i)[0], y.fragments(j)[0])
        for i, j in zip(found.pairs.a.tolist(), found.pairs.b.tolist(), strict=True)
    }


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([(0, 5)], [(5, 9)], set()),  # they touch
        ([(0, 5)], [(4, 9)], {((0, 5), (4, 9))}),
        # The first of A overlaps both; in order of the text it would take the wrong one.
        ([(0, 9), (0, 3)], [(0, 4), (1, 9)], {((0, 9), (1, 9)), ((0, 3), (0, 4))}),
        # The same fragments come first, though two looser pairs would be possible.
        ([(0, 20), (15, 20)], [(0, 20), (0, 5)], {((0, 20), (0, 20))}),
        # Two spans are one of the other's: one to one, the nearer.
        ([(0, 4), (5, 10)], [(0, 10)], {((5, 10), (0, 10))}),
    ],
)  # fmt: skip
def test_pairs(a: Places, b: Places, expected: set[tuple[Place, Place]]) -> None:
    assert pairs(a, b) == expected
    assert pairs(b, a) == {(y, x) for x, y in expected}


def test_the_gap_of_a_discontinuous_span_is_no_part_of_it() -> None:
    broken = document([span("q", "quote", (0, 10), (30, 40))])
    inside = document([span("q", "quote", (12, 28))])
    hull = document([span("q", "quote", (0, 40))])
    assert not len(compared([broken], [inside]).pairs.a)
    found = compared([broken], [hull])
    assert found.pairs.exact.tolist() == [False]
    assert figures(found)["invented", "spans", "quote", "partial f1"] == 0.5
    assert compared([broken], [broken]).pairs.exact.tolist() == [True]


def test_the_gap_makes_no_pair_worse() -> None:
    """By its hull the quote would be nearer to the longer span: 10/60 against 6/40."""
    broken = document([span("q", "quote", (0, 10), (30, 40))])
    others = document([span("1", "quote", (0, 6)), span("2", "quote", (5, 35))])
    found = compared([broken], [others])
    assert found.sides[1].fragments(found.pairs.b[0]) == ((0, 6),)


def test_spans_of_other_layers_and_articles_are_no_pairs() -> None:
    a = [document([span("1", "actor", (0, 5))], name=n) for n in ("a1", "a2")]
    b = [
        document([span("1", "location", (0, 5))], name="a1"),
        document([span("1", "actor", (0, 5))], name="a2"),
    ]
    found = compared(a, b)
    assert found.pairs.a.tolist() == [1]


def test_of_two_spans_on_the_same_words_the_one_of_the_same_type_is_taken() -> None:
    a = document([span("1", "actor", (0, 5), type="state"), span("2", "actor", (0, 5))])
    b = document([span("1", "actor", (0, 5), type="person")])
    found = figures(compared([a], [b]))
    assert found["invented", "spans", "actor", "strict recall"] == 0.5


def test_of_two_pairs_as_near_the_one_of_the_same_type_is_taken() -> None:
    a = document([span("1", "actor", (0, 10)), span("2", "actor", (0, 10), type="state")])
    b = document([span("1", "actor", (0, 9), type="state")])
    assert figures(compared([a], [b]))["invented", "spans", "actor", "type precision"] == 1


def test_of_pairings_as_near_the_one_with_more_pairs_is_taken() -> None:
    """1/2 for the two persons, or 1/4 for either of them with a state."""
    a = document([span("1", "actor", (0, 24)), span("2", "actor", (0, 3), type="state")])
    b = document([span("1", "actor", (0, 12)), span("2", "actor", (18, 24), type="state")])
    assert len(compared([a], [b]).pairs.a) == len(compared([b], [a]).pairs.a) == 2


_PLACES = st.lists(
    st.tuples(st.integers(0, 11), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=5, unique=True,
)  # fmt: skip


@example([(7, 12), (8, 11)], [(6, 10), (7, 10)])  # two pairings are as good
@given(_PLACES, _PLACES)
def test_no_other_pairing_is_better(a: Places, b: Places) -> None:
    found = pairs(a, b)
    assert len({x for x, _ in found}) == len({y for _, y in found}) == len(found)
    assert set(a) & set(b) == {x for x, y in found if x == y}
    assert pairs(b, a) == {(y, x) for x, y in found}
    rest_a, rest_b = ([p for p in s if p not in set(a) & set(b)] for s in (a, b))
    shorter, longer = sorted((rest_a, rest_b), key=len)
    best = max(
        sum(share(x, y) for x, y in zip(shorter, order, strict=True))
        for order in permutations(longer, len(shorter))
    )
    assert sum(share(x, y) for x, y in found if x != y) == pytest.approx(best, abs=1e-5)


def share(x: Place, y: Place) -> float:
    common = max(0, min(x[1], y[1]) - max(x[0], y[0]))
    return common / (x[1] - x[0] + y[1] - y[0] - common)
