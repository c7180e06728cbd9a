"""Charts of counts: bars, stacked bars, and a grid of kinds by kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newspan.browse.plots_draw import WIDTH, Canvas, clipped, words_width

__all__ = ["Group", "Row", "draw_bars", "draw_grid", "draw_stacks"]

_STEP = 14.5
_BAR = 10.0
_LONGEST = 30
"""Cells of the longest name beside a bar."""


class Row(NamedTuple):
    """A bar: what it stands for and how many, in all or in parts."""

    name: str
    numbers: Sequence[int]
    colour: str


class Group(NamedTuple):
    """Bars under one heading; an empty heading shows none."""

    heading: str
    rows: Sequence[Row]


def draw_bars(canvas: Canvas, groups: Sequence[Group]) -> None:
    """Bars of one part each, on one scale, with their numbers behind them."""
    rows = [row for group in groups for row in group.rows]
    left = _left(rows)
    most = max((row.numbers[0] for row in rows), default=0) or 1
    room = WIDTH - left - 6 - words_width(f"{most:,}")
    for group in groups:
        if group.heading:
            canvas.heading(group.heading)
        top = canvas.y
        for row in group.rows:
            length = room * row.numbers[0] / most
            _name(canvas, row.name, left)
            canvas.bar(left, canvas.y + 1.5, length, _BAR, row.colour)
            canvas.words(left + length + 4, canvas.y + 10, f"{row.numbers[0]:,}")
            canvas.y += _STEP
        _axis(canvas, left, top)


def draw_stacks(
    canvas: Canvas, parts: Sequence[str], rows: Sequence[Row], *, shares: bool = False
) -> None:
    """Bars in parts, told apart by shade; all as long as one another if `shares`."""
    fills = canvas.ink.shades(rows[0].colour, len(parts)) if rows else []
    if rows:
        canvas.legend(list(parts), fills)
    left = _left(rows)
    most = max((sum(row.numbers) for row in rows), default=0) or 1
    room = WIDTH - left - 6 - words_width(f"{most:,}")
    top = canvas.y
    for row in rows:
        total = sum(row.numbers)
        scale = room / ((total or 1) if shares else most)
        _name(canvas, row.name, left)
        x = left
        for number, fill in zip(row.numbers, fills, strict=True):
            if number:
                width = number * scale
                canvas.bar(x, canvas.y + 1, width, _BAR + 1, fill)
                if width > words_width(f"{number:,}", 8) + 3:
                    canvas.words(x + width / 2, canvas.y + 9.5, f"{number:,}", font_size=8,
                                 text_anchor="middle", fill=canvas.ink.on(fill))  # fmt: skip
                x += width
        canvas.words(x + 4, canvas.y + 10, f"{total:,}", fill=canvas.ink.faint)
        canvas.y += _STEP
    _axis(canvas, left, top)


def draw_grid(canvas: Canvas, across: Sequence[str], rows: Sequence[Row], corner: str = "") -> None:
    """A cell for every row and column, the darker the more, with its number in it."""
    left = _left([*rows, Row(corner, (), "")])
    # The last of the slanting names needs room beyond its column.
    overhang = max(words_width(across[-1]) * 0.72 - 14, 0) if across else 0
    width = (WIDTH - left - overhang) / max(len(across), 1)
    most = max((n for row in rows for n in row.numbers), default=0) or 1
    foot = max(words_width(name) for name in across) * 0.72 + 8 if across else 0
    for at, name in enumerate(across):
        x, y = left + (at + 0.5) * width, foot - 2
        canvas.words(x, y, name, transform=f"rotate(-45 {x:.2f} {y:.2f})")
    canvas.words(left - 6, foot - 3, corner, text_anchor="end", fill=canvas.ink.faint)
    canvas.y = foot + 2
    for row in rows:
        _name(canvas, row.name, left)
        for at, number in enumerate(row.numbers):
            x = left + at * width
            # By the root, else one big cell would leave the others blank.
            canvas.add("rect", x=x, y=canvas.y, width=width, height=_STEP, fill=row.colour,
                       fill_opacity=0.8 * (number / most) ** 0.5, stroke=canvas.ink.rule,
                       stroke_width=0.5)  # fmt: skip
            if number:
                canvas.words(x + width / 2, canvas.y + 10.5, f"{number:,}", text_anchor="middle")
        canvas.y += _STEP


def _left(rows: Sequence[Row]) -> float:
    names = [clipped(row.name, _LONGEST) for row in rows]
    return max((words_width(name) for name in names), default=0.0) + 7


def _name(canvas: Canvas, name: str, left: float) -> None:
    canvas.words(left - 5, canvas.y + 10, clipped(name, _LONGEST), text_anchor="end")


def _axis(canvas: Canvas, left: float, top: float) -> None:
    canvas.add("line", x1=left, x2=left, y1=top, y2=canvas.y, stroke=canvas.ink.faint,
               stroke_width=0.8)  # fmt: skip
