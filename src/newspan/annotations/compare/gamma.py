"""Gamma of spans: agreement on places and types together, beyond chance.

The measure is that of opt-gamma, for two annotators: pairs by the least disorder (half of it
for the place, half for the type), and chance by shifting each annotation as a whole around its
article. It takes spans by their hulls, and its own pairs, not those of `align`.

Disorder is added up over articles before it is divided, so that an article weighs as much as
there is in it: gamma = 1 - observed / expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from newspan.annotations.compare.align import types
from newspan.annotations.compare.figures import Counts, Share
from newspan.annotations.compare.sides import Numbers, Side
from newspan.errors import Fault, MissingExtra
from newspan.schema.model import LAYERS

__all__ = ["gamma_counts"]

_REPLICAS = 30
_SEED = 0


def gamma_counts(a: Side, b: Side, lengths: Numbers) -> Iterator[Counts]:
    """For each layer, by article, disorder observed and expected.

    Raises MissingExtra without opt-gamma.
    """
    try:
        from opt_gamma import GammaConfig, gamma_segments
    except ImportError as error:
        raise MissingExtra(
            Fault("opt-gamma is not installed.", "Install it: pip install 'newspan[agreement]'.")
        ) from error
    groups = len(lengths) * len(LAYERS)
    rows = np.zeros((groups, 2))
    of_a, of_b = _units(a, groups), _units(b, groups)
    for group in np.union1d(a.group, b.group).tolist():
        # In an order that does not depend on which side is called A: chance is drawn.
        sides = sorted((of_a[group], of_b[group]), key=lambda units: list(map(_key, units)))
        config = GammaConfig(
            chance_correction=True,
            null_model=_Within(int(lengths[group // len(LAYERS)])),
            n_iter=_REPLICAS,
            seed=_SEED,
        )
        found = gamma_segments(*sides, config=config)
        if found.is_defined and found.D_e is not None:
            rows[group] = found.D_o * found.n_bar, found.D_e * found.n_bar
    by_layer = rows.reshape(len(lengths), len(LAYERS), 2)
    for number, layer in enumerate(LAYERS):
        yield Counts((layer,), by_layer[:, number], {"gamma": Share((-1.0, 1.0), (0.0, 1.0))})


def _key(unit: Any) -> tuple[int, int, str]:
    return unit.span.start, unit.span.end, unit.category


def _units(side: Side, groups: int) -> list[list[Any]]:
    """opt-gamma's units of each article and layer."""
    from opt_gamma import Span, Unit

    made: list[list[Any]] = [[] for _ in range(groups)]
    rows = zip(*(c.tolist() for c in (side.group, side.start, side.end, types(side))), strict=True)
    for group, start, end, kind in rows:
        made[group].append(Unit(Span(start, end), str(kind)))
    return made


class _Within:
    """opt-gamma's shifts, within the length of the article.

    By itself it takes the text to end with the last span, or at 1,000 characters.
    """

    name = "circular_shift"

    def __init__(self, length: int) -> None:
        from opt_gamma import CircularShiftNull

        self._length = length
        self._model = CircularShiftNull()

    def randomize_all_segments(self, sets: Sequence[Any], _: int, random: Any) -> Any:
        """The annotations, each shifted."""
        return self._model.randomize_all_segments(sets, self._length, random)
