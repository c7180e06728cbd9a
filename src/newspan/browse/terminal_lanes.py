"""Words in lines of a width, with the spans drawn in lanes under them.

A lane is a line of bars, each with the id of its span; what is nested lies nearer to the
words. Widths are those of a terminal: two cells for a wide character, none for an accent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from newspan.browse.colours import LAYER_COLOURS
from newspan.errors import printable
from newspan.schema.model import Span, layer_of, region_of

__all__ = ["lane_lines"]

_ATTACHED = ("Mn", "Me", "Mc")
"""Categories of characters that stand on the one before them. Others do that take no room."""


LONGEST_ID = 12
"""Cells of an id under its span; longer ones are cut, and whole in the list below."""


class Cell(NamedTuple):
    """What is shown as one: a character with all that stands on it, or an escape."""

    start: int
    end: int
    """Of what, in code points of the text."""
    shown: str
    x: int
    """Cells of the terminal before it in its line."""
    width: int


class Bar(NamedTuple):
    """A stretch of a span in one line of words."""

    span: Span
    left: int
    right: int
    begins: bool
    """Whether the span's fragment begins here, not in an earlier line."""
    ends: bool


def lane_lines(
    text: str, start: int, end: int, spans: Sequence[Span], width: int, *, ascii_only: bool = False
) -> Iterator[Text]:
    """The stretch from `start` to `end` in lines of at most `width` cells, spans beneath."""
    for line in _wrapped(text, start, end, width):
        bars = [bar for span in spans for bar in _bars(span, line)]
        yield _words(line, bars)
        yield from _lanes(bars, width, ascii_only)


def _wrapped(text: str, start: int, end: int, width: int) -> Iterator[list[Cell]]:
    """The cells of each line: broken at line breaks and spaces, or in a word that fills a line."""
    line: list[Cell] = []
    for found in _cells(text, start, end):
        if found.shown == "\n":
            yield line
            line = []
            continue
        line.append(found._replace(x=line[-1].x + line[-1].width if line else 0))
        if line[-1].x + found.width <= width:
            continue
        # A space may hang out, since nobody sees it.
        spaces = [at for at, cell in enumerate(line) if cell.shown == " " and at]
        cut = spaces[-1] if spaces else len(line) - 1
        yield line[:cut]
        line = _shifted(line[cut + 1 if spaces else cut :])
    if line:
        yield line


def _cells(text: str, start: int, end: int) -> Iterator[Cell]:
    """The cells of a stretch, not yet in lines."""
    at = start
    while at < end:
        behind = at + 1
        shown = printable(text[at])
        while behind < end and _stands_on(shown, text[behind]):
            shown += text[behind]
            behind += 1
        yield Cell(at, behind, shown, 0, max(cell_len(shown), 1))
        at = behind


def _stands_on(shown: str, char: str) -> bool:
    """Whether a character is drawn into what is shown before it: an accent, a skin's tone."""
    if char.isascii() or not char.isprintable():
        return False
    joined = cell_len(shown + char) == cell_len(shown)
    return joined or unicodedata.category(char) in _ATTACHED


def _shifted(cells: Sequence[Cell]) -> list[Cell]:
    made, x = [], 0
    for cell in cells:
        made.append(cell._replace(x=x))
        x += cell.width
    return made


def _bars(span: Span, line: Sequence[Cell]) -> Iterator[Bar]:
    """The bars of a span under a line, one for each fragment that touches it."""
    for fragment in span.fragments:
        if not line or fragment.end <= line[0].start or fragment.start >= line[-1].end:
            continue
        inside = [c for c in line if c.start < fragment.end and c.end > fragment.start]
        if inside:
            first, last = inside[0], inside[-1]
            yield Bar(span, first.x, last.x + last.width, fragment.start >= line[0].start,
                      fragment.end <= line[-1].end)  # fmt: skip


def _words(line: Sequence[Cell], bars: Sequence[Bar]) -> Text:
    """The words, each in the colour of the innermost span it is in."""
    made = Text("".join(cell.shown for cell in line))
    offsets, at = {}, 0
    for cell in line:
        offsets[cell.x] = at
        at += len(cell.shown)
        offsets[cell.x + cell.width] = at
    for bar in sorted(bars, key=lambda b: b.left - b.right):
        made.stylize(_colour(bar.span), offsets[bar.left], offsets[bar.right])
    return made


def _lanes(bars: Sequence[Bar], width: int, ascii_only: bool) -> Iterator[Text]:
    """The bars in as few lanes as keep them apart, every bar below those it covers."""
    lanes: list[list[tuple[int, int, Text]]] = []
    for bar in sorted(bars, key=lambda b: (_reach(b.span), b.right - b.left, b.left, b.span.id)):
        shown = Text(_drawn(bar, ascii_only), style=_colour(bar.span))
        # An id that is longer than its bar may not run out of the line.
        left = max(0, min(bar.left, width - len(shown)))
        right = max(left + len(shown), bar.right)
        depth = len(lanes)
        while depth and not any(a <= right and left <= b for a, b, _ in lanes[depth - 1]):
            depth -= 1
        if depth == len(lanes):
            lanes.append([])
        lanes[depth].append((left, right, shown))
    for lane in lanes:
        made = Text()
        for left, _, shown in sorted(lane, key=lambda entry: entry[0]):
            made.append(" " * (left - len(made)))
            made.append(shown)
        yield made


def _reach(span: Span) -> int:
    return sum(fragment.end - fragment.start for fragment in span.fragments)


def _drawn(bar: Bar, ascii_only: bool) -> str:
    """A bar with its span's id; where it is too short for both, the id."""
    corner, line, end, cut = ("`", "-", "'", "~") if ascii_only else ("└", "─", "┘", "…")
    label, width = region_of(bar.span.id), bar.right - bar.left
    label = label if len(label) <= LONGEST_ID else label[: LONGEST_ID - 1] + cut
    first = corner if bar.begins else line
    last = end if bar.ends else line
    if width < len(label) + 2:
        return label if width <= len(label) else first + label
    return first + label + line * (width - len(label) - 2) + last


def _colour(span: Span) -> str:
    return LAYER_COLOURS[layer_of(span)]
