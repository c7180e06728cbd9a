"""A line of text with carets under a span, fitted into the cells of a terminal.

A character may be shown as an escape, be two cells wide, or none, as combining marks are. So
nothing is counted in characters: the line is a list of clusters, each with its width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from newspan.errors import printable
from newspan.validation.excerpt import Part

__all__ = ["bracketed", "pointed"]

MIN_AROUND = 12
"""Cells that stay on either side of a span that is too long for the line."""
MIN_PART = 7
"""Cells that stay of a fragment or gap in such a line."""
_NEWLINE = "¶"
_LEFT_OUT = "…"


class _Cluster(NamedTuple):
    shown: str
    width: int
    marked: bool


def pointed(parts: Sequence[Part], width: int) -> tuple[str, str]:
    """(the line, the carets under its span), both at most `width` cells.

    Where letters run from right to left, terminals differ in the order they show them in, and
    no caret would be right in all: there the span stands between ⟦ and ⟧, and the second
    string is empty.
    """
    if any(unicodedata.bidirectional(c) in ("R", "AL") for part in parts for c in part.text):
        room = width - 2 * sum(part.marked for part in parts)
        return "".join(_bracketed(_fitted(_clusters(parts), room))), ""
    line, carets, column = "", "", 0
    for cluster in (c for piece in _fitted(_clusters(parts), width) for c in piece):
        line += cluster.shown
        if cluster.marked:
            # A mark without a width (a lone combining mark, an empty span) gets a caret still.
            end = column + max(1, cluster.width)
            carets = carets.ljust(column).ljust(end, "^")
        column += cluster.width
    return line, carets


def bracketed(parts: Sequence[Part], width: int) -> str:
    """The line with its span between ⟦ and ⟧, for places that keep no columns."""
    return "".join(_bracketed(_fitted(_clusters(parts), width)))


def _bracketed(pieces: list[list[_Cluster]]) -> list[str]:
    words = ["".join(c.shown for c in piece) for piece in pieces]
    return [
        f"⟦{w}⟧" if piece and piece[0].marked else w for w, piece in zip(words, pieces, strict=True)
    ]


def _clusters(parts: Sequence[Part]) -> list[list[_Cluster]]:
    """The parts as clusters of what is shown; a combining mark stays with its letter."""
    from rich.cells import cell_len

    pieces: list[list[_Cluster]] = []
    last: list[_Cluster] = []
    for part in parts:
        piece: list[_Cluster] = [] if part.text else [_Cluster("", 0, part.marked)]
        for character in part.text:
            shown = _NEWLINE if character == "\n" else printable(character)
            both = last[-1].shown + shown if last else ""
            if last and shown == character and (
                cell_len(shown) == 0 or cell_len(both) == last[-1].width
            ):  # fmt: skip
                last[-1] = _Cluster(both, cell_len(both), last[-1].marked or part.marked)
            else:
                last = piece
                piece.append(_Cluster(shown, cell_len(shown), part.marked))
        pieces.append(piece)
    return pieces


def _width(piece: list[_Cluster]) -> int:
    return sum(cluster.width for cluster in piece)


def _fitted(pieces: list[list[_Cluster]], width: int) -> list[list[_Cluster]]:
    """The pieces with what does not fit left out: around the span first, then inside it."""
    if sum(map(_width, pieces)) <= width:
        return pieces
    before = [] if not pieces or _is_core(pieces[0]) else pieces[0]
    after = [] if not pieces or _is_core(pieces[-1]) else pieces[-1]
    core = pieces[bool(before) : len(pieces) - bool(after)]
    room = max(width - sum(map(_width, core)), 2 * MIN_AROUND)
    left = min(_width(before), max(room // 2, room - _width(after)))
    right = min(_width(after), room - left)
    core = _shared(core, width - left - right)
    return [_cut(before, 0, left), *core, _cut(after, right, 0)]


def _is_core(piece: list[_Cluster]) -> bool:
    return bool(piece) and piece[0].marked


def _shared(pieces: list[list[_Cluster]], width: int) -> list[list[_Cluster]]:
    """The pieces, the longest shortened until all fit, none below MIN_PART."""
    widths = [_width(piece) for piece in pieces]
    cap = max(widths, default=0)
    while cap > MIN_PART and sum(min(w, cap) for w in widths) > width:
        cap -= 1
    return [_cut(piece, (cap - 1) * 2 // 3, (cap - 1) // 3) if w > cap else piece
            for piece, w in zip(pieces, widths, strict=True)]  # fmt: skip


def _cut(piece: list[_Cluster], head: int, tail: int) -> list[_Cluster]:
    """The first `head` and the last `tail` cells, with a sign for what is left out.

    Beside a span, where one of the two is 0, the sign stands in the other, at a word's edge.
    """
    if _width(piece) <= max(head, tail):
        return piece
    sign = _Cluster(_LEFT_OUT, 1, piece[0].marked)
    if head and tail:
        return [*_prefix(piece, head), sign, *_prefix(piece[::-1], tail)[::-1]]
    if head:
        return [*_whole_words(_prefix(piece, head - 1)), sign]
    return [sign, *_whole_words(_prefix(piece[::-1], tail - 1))[::-1]]


def _whole_words(piece: list[_Cluster]) -> list[_Cluster]:
    """Without the last word, which is cut, unless that would be much of it."""
    for kept in range(len(piece) - 1, len(piece) * 2 // 3, -1):
        if piece[kept].shown == " ":
            return piece[:kept]
    return piece


def _prefix(piece: list[_Cluster], width: int) -> list[_Cluster]:
    kept: list[_Cluster] = []
    for cluster in piece:
        width -= cluster.width
        if width < 0:
            break
        kept.append(cluster)
    return kept
