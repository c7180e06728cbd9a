"""Gamma: what it must be where that is known, and that it does not depend on the side."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from compare.variants import FAST, compared, document, figures, span
from newspan.errors import MissingExtra
from newspan.schema.model import Document

GAMMA = FAST._replace(gamma=True)


@pytest.fixture(autouse=True)
def _installed() -> None:
    pytest.importorskip("opt_gamma")


def gamma(a: list[Document], b: list[Document]) -> float | None:
    return figures(compared(a, b, GAMMA))["invented", "gamma", "cue", "gamma"]


def marked(places: list[tuple[int, int]], name: str = "a1", length: int = 2000) -> Document:
    return document(
        [span(f"c{n}", "cue", p) for n, p in enumerate(places)], name=name, length=length
    )


def anywhere(seed: int) -> list[tuple[int, int]]:
    """Some dozen spans in a text of 2,000 characters, apart from one another."""
    chance = random.Random(seed)
    starts = sorted(chance.sample(range(1980), 14))
    return [
        (start, start + chance.randint(3, 15))
        for start, after in pairwise([*starts, 2000])
        if after - start > 15
    ]


def test_full_agreement_is_one() -> None:
    assert gamma([marked(anywhere(1))], [marked(anywhere(1))]) == pytest.approx(1)


def test_marking_anywhere_is_chance() -> None:
    names = [f"a{n}" for n in range(20)]
    a, b = (
        [marked(anywhere(seed + n), name) for n, name in enumerate(names)] for seed in (100, 200)
    )
    assert gamma(a, b) == pytest.approx(0, abs=0.05)


def test_a_side_that_marks_nothing_agrees_by_chance_only() -> None:
    assert gamma([marked(anywhere(1))], [marked([])]) == pytest.approx(0)


def test_other_extents_lie_between() -> None:
    a = anywhere(1)
    b = [(start, end + 2) for start, end in a]
    found = gamma([marked(a)], [marked(b)])
    assert found is not None and 0.5 < found < 1


def test_it_is_symmetric() -> None:
    a = [marked(anywhere(1)), marked(anywhere(5), "a2")]
    b = [marked([(s, e + 2) for s, e in anywhere(1)]), marked(anywhere(6), "a2")]
    assert gamma(a, b) == gamma(b, a)


def test_an_article_counts_by_what_is_in_it() -> None:
    """A short article, wholly agreed on, does not make up for a long one."""
    short = marked([(0, 5)], "a2", length=50)
    a, b = marked(anywhere(1)), marked(anywhere(2))
    whole = gamma([a, short], [b, short])
    assert whole is not None and whole < 0.3


def test_chance_is_that_of_the_whole_article() -> None:
    """In a longer article the same spans agree less by chance."""
    places = [[(s // 4, e // 4 + 10) for s, e in anywhere(seed)] for seed in (1, 2)]
    short, long = (gamma(*([marked(p, length=length)] for p in places)) for length in (600, 60_000))
    assert short is not None and long is not None and short + 0.05 < long


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "opt_gamma", None)
    with pytest.raises(MissingExtra, match=r"newspan\[agreement\]"):
        gamma([marked(anywhere(1))], [marked(anywhere(1))])
