"""Figures that are computed from counts by article, and their intervals by bootstrap over articles.

Articles are drawn with replacement, as many as there are; a figure is computed from the counts
of those drawn; the interval holds the middle 95 % of what comes out (percentile bootstrap).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newspan.annotations.compare.sides import Numbers

__all__ = ["Counts", "Estimate", "Kappa", "Resampling", "Share", "estimates", "f1"]

Values = NDArray[np.float64]
_LEVELS = (2.5, 97.5)
_CHUNK = 2_000_000
"""Draws made at a time."""


class Estimate(NamedTuple):
    """A figure with its interval; None where it is not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None


class Resampling(NamedTuple):
    """How intervals are made."""

    times: int = 1000
    seed: int = 0


@dataclass(frozen=True)
class Share:
    """Some counts divided by others: precision, recall, F1, accuracy."""

    above: tuple[float, ...]
    """What each count weighs above the line."""
    below: tuple[float, ...]

    def __call__(self, sums: Values) -> Values:
        """The figure for each row of sums; nan where nothing is below the line."""
        return _divided(sums @ np.array(self.above), sums @ np.array(self.below))


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa of a square table of counts, given row by row.

    Not defined (nan) where chance alone would give full agreement, as when both sides know
    one answer only.
    """

    labels: int

    def __call__(self, sums: Values) -> Values:
        """Kappa for each row of sums."""
        cells = sums.reshape(*sums.shape[:-1], self.labels, self.labels)
        total = cells.sum(axis=(-2, -1))
        seen = np.trace(cells, axis1=-2, axis2=-1) * total
        chance = (cells.sum(axis=-1) * cells.sum(axis=-2)).sum(axis=-1)
        return _divided(seen - chance, total * total - chance)


def _divided(above: Values, below: Values) -> Values:
    made = np.full(np.shape(below), np.nan)
    np.divide(above, below, out=made, where=below > 0)
    return made


def f1(matched: int, a: int, b: int, width: int) -> Share:
    """2 matched / (a + b), of the counts at these places among `width`."""
    above, below = [0.0] * width, [0.0] * width
    above[matched] = 2.0
    below[a] = below[b] = 1.0
    return Share(tuple(above), tuple(below))


@dataclass(frozen=True)
class Counts:
    """Counts by article (a row each), and the figures that come from their sums."""

    key: tuple[str, ...]
    rows: NDArray[Any]
    figures: dict[str, Any]
    """Name to a function of sums: Share or Kappa."""
    square: int = 0
    """Answers of which the counts are a square table; 0 where they are none."""


def estimates(
    counted: Sequence[Counts], articles: Numbers, resampling: Resampling
) -> Iterator[tuple[Counts, Numbers, dict[str, Estimate]]]:
    """(counts, their sums, name of a figure to its estimate) over some of the articles.

    No interval is given for fewer than two articles.
    """
    columns = [c.rows[articles].astype(np.float64) for c in counted]
    stacked = np.concatenate(columns, axis=1) if columns else np.empty((len(articles), 0))
    drawn = _resampled(stacked, resampling)
    at = 0
    for counts in counted:
        own = slice(at, at := at + counts.rows.shape[1])
        sums = stacked[:, own].sum(axis=0)
        made = {
            name: _estimate(figure(sums[None])[0], None if drawn is None else figure(drawn[:, own]))
            for name, figure in counts.figures.items()
        }
        yield counts, sums.astype(np.int64), made


def _resampled(rows: Values, resampling: Resampling) -> Values | None:
    """The sums over each drawing of articles."""
    n = len(rows)
    if n < 2 or not resampling.times:
        return None
    random = np.random.default_rng(resampling.seed)
    parts = []
    step = max(1, _CHUNK // n)
    for begin in range(0, resampling.times, step):
        times = min(step, resampling.times - begin)
        drawn = random.integers(0, n, (times, n)) + np.arange(times)[:, None] * n
        weights = np.bincount(drawn.ravel(), minlength=times * n).reshape(times, n)
        parts.append(weights.astype(np.float64) @ rows)
    return np.concatenate(parts)


def _estimate(value: Any, drawn: Values | None) -> Estimate:
    if np.isnan(value):
        return Estimate(None)
    sound = np.empty(0) if drawn is None else drawn[~np.isnan(drawn)]
    if not len(sound):
        return Estimate(float(value))
    low, high = np.percentile(sound, _LEVELS)
    return Estimate(float(value), float(low), float(high))
