"""Figures from counts: shares, kappa, and intervals by bootstrap over articles."""

from __future__ import annotations

import math

import numpy as np
import pytest
from nltk.metrics.agreement import AnnotationTask

from newspan.annotations.compare.figures import (
    Counts,
    Estimate,
    Kappa,
    Resampling,
    Share,
    estimates,
    f1,
)


def estimate(rows: list[list[int]], figure: object, **given: int) -> Estimate:
    counts = Counts(("x",), np.array(rows), {"figure": figure})
    articles = np.arange(len(rows))
    (_, _, made), = estimates([counts], articles, Resampling(**given))  # fmt: skip
    return made["figure"]


def test_f1_is_twice_the_common_by_both() -> None:
    assert estimate([[6, 10, 8]], f1(0, 1, 2, 3)).value == pytest.approx(12 / 18)


def test_nothing_below_the_line_is_no_figure() -> None:
    assert estimate([[0, 0]], Share((1.0, 0.0), (0.0, 1.0))) == Estimate(None)


def test_kappa_of_a_textbook_table() -> None:
    assert estimate([[20, 5, 10, 15]], Kappa(2)).value == pytest.approx(0.4)


def test_kappa_is_that_of_nltk() -> None:
    table = np.array([[7, 1, 0], [2, 9, 3], [1, 0, 5]])
    answers, item = [], 0
    for (x, y), n in np.ndenumerate(table):
        for _ in range(n):
            answers += [("a", item, x), ("b", item, y)]
            item += 1
    expected = AnnotationTask(data=answers).kappa()
    assert estimate([table.ravel().tolist()], Kappa(3)).value == pytest.approx(expected)


@pytest.mark.parametrize("cells", [[5, 0, 0, 0], [0, 0, 0, 9], [0, 0, 0, 0]])
def test_kappa_is_not_defined_where_there_is_one_answer(cells: list[int]) -> None:
    assert estimate([cells], Kappa(2)).value is None


def test_kappa_of_full_disagreement_is_negative() -> None:
    assert estimate([[0, 5, 5, 0]], Kappa(2)).value == pytest.approx(-1)


def test_one_article_has_no_interval() -> None:
    assert estimate([[6, 10, 8]], f1(0, 1, 2, 3)) == Estimate(12 / 18)


def test_no_drawings_no_interval() -> None:
    assert estimate([[6, 10, 8]] * 5, f1(0, 1, 2, 3), times=0).low is None


def test_articles_that_are_alike_leave_no_room() -> None:
    made = estimate([[6, 10, 8]] * 5, f1(0, 1, 2, 3))
    assert made.low == made.high == pytest.approx(12 / 18)


def test_the_interval_is_as_wide_as_theory_has_it() -> None:
    rows = [[int(n % 2 == 0), 1, 1] for n in range(400)]
    made = estimate(rows, f1(0, 1, 2, 3), times=2000)
    assert made.low is not None and made.high is not None
    half = 1.96 * math.sqrt(0.25 / 400)
    assert made.low == pytest.approx(0.5 - half, abs=0.01)
    assert made.high == pytest.approx(0.5 + half, abs=0.01)


def test_a_seed_gives_the_same_interval_again_and_another_another() -> None:
    rows = [[n % 5, 5, 5] for n in range(30)]
    share = f1(0, 1, 2, 3)
    assert estimate(rows, share, seed=7) == estimate(rows, share, seed=7)
    assert estimate(rows, share, seed=7) != estimate(rows, share, seed=8)


def test_drawings_in_several_steps_are_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[n % 5, 5, 5] for n in range(30)]
    whole = estimate(rows, f1(0, 1, 2, 3))
    monkeypatch.setattr("newspan.annotations.compare.figures._CHUNK", 90)
    assert estimate(rows, f1(0, 1, 2, 3)) == whole
