"""Stretches of the earth on paper: which to draw, and the shores in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from newspan.browse.places import land_rings
from newspan.browse.plots_draw import WIDTH

__all__ = ["Frame", "frame_around", "frame_of_crowd", "shores"]

_LEAST_DEGREES = 30.0
_CLOSE_DEGREES = 24.0
"""Width of the smallest map, and of a close-up."""

_LOW = 0.42
"""Height over width of a map, unless its points need more."""

_FINEST = 1.0
"""Pixels between two points of a shore."""

_BEYOND = 100.0
"""Pixels around a map in which shores still have their shape."""

_SOUGHT = 500
"""Places around which a crowd is sought, the ones named most."""

_CROWD = 5
"""Places that must lie in a close-up to make it worth its room."""


class Frame(NamedTuple):
    """A stretch of the earth and how it is laid out on paper."""

    west: float
    east: float
    south: float
    north: float

    @property
    def scale(self) -> float:
        """Pixels a degree of longitude."""
        return WIDTH / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is drawn, so that shapes are right midway."""
        return 1 / math.cos(math.radians(min(abs(self.south + self.north) / 2, 60)))

    @property
    def height(self) -> float:
        """Of the map on paper, in pixels."""
        return (self.north - self.south) * self.scale * self.stretch

    def xy(self, point: tuple[float, float]) -> tuple[float, float]:
        """Where a point lies on paper, from the upper left corner."""
        east, north = point
        return (east - self.west) * self.scale, (self.north - north) * self.scale * self.stretch

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether the point lies in it."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


def frame_around(points: Sequence[tuple[float, float]]) -> Frame:
    """The stretch that holds the points with a margin, neither too small nor too high."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    wide = max((max(xs) - min(xs)) * 1.12, (max(ys) - min(ys)) * 1.5, _LEAST_DEGREES)
    high = (max(ys) - min(ys)) * 1.25
    return _frame((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, wide, high)


def _frame(east: float, north: float, wide: float, high: float = 0) -> Frame:
    """A stretch about a point, moved where it would leave the earth; at least _LOW high."""
    wide = min(wide, 360.0)
    low = wide * _LOW / Frame(0, 1, north, north).stretch
    high = min(max(high, low), 180.0)
    west = min(max(east - wide / 2, -180.0), 180.0 - wide)
    south = min(max(north - high / 2, -90.0), 90.0 - high)
    return Frame(west, west + wide, south, south + high)


def frame_of_crowd(points: Sequence[tuple[float, float]], whole: Frame) -> Frame | None:
    """The stretch around the thickest crowd of points, if there is one worth it.

    The points come in order of weight.
    """
    if whole.east - whole.west < 3 * _CLOSE_DEGREES:
        return None
    array = np.array(points).reshape(-1, 2)
    best, most = None, _CROWD - 1
    for point in points[:_SOUGHT]:
        frame = _frame(*point, _CLOSE_DEGREES)
        inside = (array >= (frame.west, frame.south)) & (array <= (frame.east, frame.north))
        own = array[inside.all(axis=1)]
        if len(own) > most:
            best, most = own, len(own)
    if best is None:
        return None
    east, north = (best.min(axis=0) + best.max(axis=0)) / 2
    return _frame(float(east), float(north), _CLOSE_DEGREES)


def shores(frame: Frame) -> str:
    """The shores in the frame as one path; steps too small to be seen are left out."""
    parts = []
    for ring in land_rings():
        for turn in (-360.0, 0.0, 360.0):
            points = [(east + turn, north) for east, north in ring]
            if _meets(points, frame):
                parts.append(_path(points, frame))
    return "".join(parts)


def _meets(points: Sequence[tuple[float, float]], frame: Frame) -> bool:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (max(xs) > frame.west and min(xs) < frame.east
            and max(ys) > frame.south and min(ys) < frame.north)  # fmt: skip


def _path(points: Sequence[tuple[float, float]], frame: Frame) -> str:
    kept: list[tuple[float, float]] = []
    for point in points:
        x, y = frame.xy(point)
        # Far outside the frame shapes do not matter, only that rings stay closed.
        x = min(max(x, -_BEYOND), WIDTH + _BEYOND)
        y = min(max(y, -_BEYOND), frame.height + _BEYOND)
        if not kept or math.dist(kept[-1], (x, y)) > _FINEST:
            kept.append((round(x, 1), round(y, 1)))
    steps = pairwise(kept)
    drawn = " ".join(f"{c - a:.4g} {d - b:.4g}" for (a, b), (c, d) in steps)
    return f"M{kept[0][0]:g} {kept[0][1]:g}l{drawn}z" if len(kept) > 2 else ""
