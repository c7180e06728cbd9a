"""Tokens of a text: words, numbers and single signs, of any script."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["tokens"]

_TOKEN = re.compile(r"d+(?:\.d+)+|[wdm]+(?:'[wdm]+)*|[^s]m*")
"""Over the kinds of the characters: digits with points or commas between, words with
apostrophes within, or one other character with the marks that belong to it."""


class _Kinds(dict[int, str]):
    """A letter for each character's kind, found when it is first met."""

    def __missing__(self, point: int) -> str:
        self[point] = kind = _kind(chr(point))
        return kind


def _kind(char: str) -> str:
    if char.isspace():
        return "s"
    category = unicodedata.category(char)
    if category[0] == "L" or char == "_":
        return "w"
    if category[0] == "N":
        return "d"
    # Joiners hold together what stands on both sides of them, in emoji and in some scripts.
    if category[0] == "M" or category == "Cf" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return "m"
    return "." if char in ".," else "'" if char in "'’" else "o"


_KINDS = _Kinds()


def tokens(text: str, borders: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(start, end) of each token, in code points; none runs over one of the `borders`.

    Every character that is no white space is in one.
    """
    cuts = sorted(set(borders))
    for found in _TOKEN.finditer(text.translate(_KINDS)):
        yield from _cut(*found.span(), cuts)


def _cut(start: int, end: int, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at in cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]:
        yield start, at
        start = at
    yield start, end
