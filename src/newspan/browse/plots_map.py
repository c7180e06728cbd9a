"""The map: places on the outline of the land by their use, and the names that have no point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import SubElement

from newspan.browse.places import PlaceUse
from newspan.browse.plots_draw import WIDTH, Canvas, clipped, words_width
from newspan.browse.plots_frame import Frame, frame_around, frame_of_crowd, shores

__all__ = ["draw_places"]

_BIGGEST = 10.0
"""Radius of the mark of the place that is named most."""

_DRAWN = 1_000
"""Marks on a map; more hide one another. The places named most have them."""

_LABELLED = 80
"""Marks for whose names room is sought."""

_LISTED = 60
"""Names without a point that are written out."""


class Mark(NamedTuple):
    """A mark on a map: its place, how many mentions it shows, and how many of them solidly."""

    place: PlaceUse
    point: tuple[float, float]
    number: int
    solid: int

    @property
    def country(self) -> bool:
        """Whether it stands for a whole country."""
        return self.place.kind == "country"


def draw_places(canvas: Canvas, found: Sequence[PlaceUse], colours: tuple[str, str]) -> None:
    """Maps of the places as places and as governments, then lists of those without a point.

    `colours` are those of locations and of actors.
    """
    fills = canvas.ink.shades(colours[0], 3)[::2]
    named = [Mark(p, p.point, p.uses[0] + p.uses[1], p.uses[0]) for p in found if p.point]
    acting = [Mark(p, p.point, p.uses[2], 0) for p in found if p.point]
    both = [[m for m in marks if m.number][:_DRAWN] for marks in (named, acting)]
    points = [m.point for marks in both for m in marks]
    if points:
        frame = frame_around(points)
        most = max(m.number for marks in both for m in marks)
        closer = frame_of_crowd([m.point for m in both[0]], frame)
        cut = f", the {_DRAWN:,} named most" if len(named) > _DRAWN else ""
        canvas.heading(f"Named as places{cut}")
        canvas.legend(["literal", "associative"], fills)
        _map(canvas, frame, both[0], fills, most, closer)
        if closer is not None:
            canvas.heading("The same, the frame enlarged")
            _map(canvas, closer, both[0], fills, most)
        if both[1]:
            canvas.heading("Named for their government (metonymic)")
            _map(canvas, frame, both[1], ["none", colours[1]], most)
        _sizes(canvas, most)
    for title, own in (
        ("Invented places, on no map", [p for p in found if p.invented]),
        ("Regions and others without a point", [p for p in found if not (p.invented or p.point)]),
    ):
        if own:
            _listed(canvas, title, own)


def _map(
    canvas: Canvas,
    frame: Frame,
    marks: Sequence[Mark],
    fills: Sequence[str],
    most: int,
    closer: Frame | None = None,
) -> None:
    """One map, with the frame of the close-up in it if there is one."""
    ink, outer = canvas.ink, canvas.layer
    # A drawing in the drawing cuts off what lies outside without an id to refer to.
    inner = canvas.add("svg", x=0, y=canvas.y, width=WIDTH, height=frame.height)
    canvas.layer = inner
    canvas.add("path", d=shores(frame), fill=ink.land, stroke=ink.shore, stroke_width=0.5)
    ordered = sorted((m for m in marks if frame.holds(m.point)), key=lambda m: -m.number)
    spots = _spots(frame, ordered, most)
    for mark, spot in zip(ordered, spots, strict=True):
        _mark(canvas, mark, spot, fills, most)
    if closer is not None:
        x, y = frame.xy((closer.west, closer.north))
        right, foot = frame.xy((closer.east, closer.south))
        canvas.add("rect", x=x, y=y, width=right - x, height=foot - y, fill="none",
                   stroke=ink.text, stroke_width=0.8)  # fmt: skip
    kept = [(m, s) for m, s in zip(ordered, spots, strict=True)
            if closer is None or not closer.holds(m.point)]  # fmt: skip
    _labels(canvas, frame.height, kept, most)
    canvas.layer = outer
    canvas.add("rect", x=0.25, y=canvas.y, width=WIDTH - 0.5, height=frame.height, fill="none",
               stroke=ink.rule, stroke_width=0.5)  # fmt: skip
    canvas.y += frame.height + 3


def _mark(
    canvas: Canvas, mark: Mark, at: tuple[float, float], fills: Sequence[str], most: int
) -> None:
    """A disc, or for a country a square, by area as big as its number; the solid part within."""
    x, y = at
    solid, pale = fills
    for number, fill in ((mark.number, pale), (mark.solid, solid)):
        if not number:
            continue
        radius = _radius(number, most)
        look = {"fill": fill, "stroke": canvas.ink.text, "stroke_width": "0.6"}
        if mark.country:
            side = radius * math.sqrt(math.pi)
            shape = canvas.add("rect", x=x - side / 2, y=y - side / 2, width=side, height=side,
                               **look)  # fmt: skip
        else:
            shape = canvas.add("circle", cx=x, cy=y, r=radius, **look)
        if number == mark.number:
            SubElement(shape, "title").text = f"{clipped(mark.place.name, 60)}: {mark.number}"


def _spots(frame: Frame, marks: Sequence[Mark], most: int) -> list[tuple[float, float]]:
    """Where the marks stand: at their points, but a country beside a place at its capital."""
    towns = [(frame.xy(m.point), _radius(m.number, most)) for m in marks if not m.country]
    spots = []
    for mark in marks:
        x, y = frame.xy(mark.point)
        if mark.country:
            side = _radius(mark.number, most) * math.sqrt(math.pi)
            near = [radius for spot, radius in towns if math.dist(spot, (x, y)) < 3]
            x -= (max(near) + side / 2) if near else 0
        spots.append((x, y))
    return spots


def _radius(number: int, most: int) -> float:
    return max(_BIGGEST * math.sqrt(number / most), 1.3)


def _labels(
    canvas: Canvas, height: float, marks: Sequence[tuple[Mark, tuple[float, float]]], most: int
) -> None:
    """Names beside the marks, the biggest first, where there is room for them."""
    size = 8.6
    taken = []
    for mark, (x, y) in marks:
        radius = _radius(mark.number, most)
        taken.append((x - radius, y - radius, x + radius, y + radius))
    for (mark, _), own in list(zip(marks, taken, strict=True))[:_LABELLED]:
        name = clipped(mark.place.name, 24)
        width = words_width(name, size)
        left, top, right, foot = own
        middle, centre = (left + right) / 2, (top + foot) / 2
        for x, y, anchor in (
            (right + 2, centre - 5, 0.0), (left - 2 - width, centre - 5, 1.0),
            (middle - width / 2, top - 11, 0.5), (middle - width / 2, foot + 1, 0.5),
        ):  # fmt: skip
            box = (x, y, x + width, y + 10)
            inside = x >= 1 and y >= 1 and box[2] < WIDTH - 1 and box[3] < height - 1
            if inside and not any(_touch(box, other) for other in taken if other != own):
                taken.append(box)
                canvas.words(x + anchor * width, y + 8, name, font_size=size,
                             text_anchor={0.0: "start", 0.5: "middle", 1.0: "end"}[anchor],
                             stroke=canvas.ink.paper, stroke_width=2, stroke_linejoin="round",
                             paint_order="stroke")  # fmt: skip
                break


def _touch(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _sizes(canvas: Canvas, most: int) -> None:
    """What the sizes and shapes of the marks say."""
    x, middle = 0.0, canvas.y + _BIGGEST + 3
    for number in sorted({1, max(most // 4, 1), most}):
        radius = _radius(number, most)
        canvas.add("circle", cx=x + radius + 1, cy=middle, r=radius, fill="none",
                   stroke=canvas.ink.text, stroke_width=0.8)  # fmt: skip
        canvas.words(x + 2 * radius + 5, middle + 3.5, f"{number:,}")
        x += 2 * radius + 18 + words_width(f"{number:,}")
    canvas.add("rect", x=x + 4, y=middle - 4, width=8, height=8, fill="none",
               stroke=canvas.ink.text, stroke_width=0.8)  # fmt: skip
    canvas.words(x + 17, middle + 3.5, "a country, at its capital")
    canvas.y = middle + _BIGGEST + 3


def _listed(canvas: Canvas, title: str, found: Sequence[PlaceUse]) -> None:
    """Names with their numbers, in running lines."""
    mentions = sum(place.total for place in found)
    canvas.heading(f"{title}: {len(found):,}, named {mentions:,} times")
    items = [f"{clipped(place.name, 40)} {place.total:,}" for place in found[:_LISTED]]
    if len(found) > _LISTED:
        items.append(f"and {len(found) - _LISTED:,} others")
    line = ""
    for item in items:
        longer = f"{line} · {item}" if line else item
        if line and words_width(longer) > WIDTH:
            canvas.line(line)
            longer = item
        line = longer
    canvas.line(line)
