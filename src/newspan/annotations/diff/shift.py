"""Where the places of an old text are in the new one."""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import SequenceMatcher

from newspan.schema.model import Fragment

__all__ = ["Shift"]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Shift:
    """Offsets of an old text to offsets of the new one, by the words that both have.

    An offset inside words that were replaced goes to the edge of what replaced them.
    """

    def __init__(self, old: str | None, new: str | None) -> None:
        """Without both texts, or where they are equal, nothing is moved."""
        self.known = old is None or new is None or old == new
        self._blocks: list[tuple[int, int, int, int]] = []
        if old is not None and new is not None and old != new:
            self._blocks = _blocks(old, new)
        self._starts = [block[0] for block in self._blocks]

    def fragment(self, old: Fragment) -> Fragment:
        """The place of an old fragment; its edges lean inwards where words beside it went."""
        if not self._blocks:
            return old
        start, end = self._to(old.start, 0), self._to(old.end - 1, 1)
        return Fragment(start, max(start, end))

    def _to(self, offset: int, after: int) -> int:
        """Where the character at an offset begins, or, with `after` 1, where it ends."""
        at = bisect_right(self._starts, offset) - 1
        old, old_end, new, new_end = self._blocks[at]
        if old_end - old == new_end - new:
            return new + offset - old + after
        return new_end if after else new


def _blocks(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """(start, end, new start, new end) of each stretch of the old text, equal or replaced.

    A stretch that was only added stands nowhere in the old text and has no block.
    """
    a, b = ([m.group() for m in _TOKEN.finditer(text)] for text in (old, new))
    places = [_places(tokens) for tokens in (a, b)]
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        block = places[0][i], places[0][j], places[1][k], places[1][m]
        if tag == "insert":
            continue
        same_length = block[1] - block[0] == block[3] - block[2]
        # Replaced words of the same length would be taken for equal ones.
        if tag == "replace" and same_length and j - i > 1:
            found += [(n, n + 1, block[2], block[3]) for n in range(block[0], block[1])]
        else:
            found.append(block)
    return found


def _places(tokens: list[str]) -> list[int]:
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    return places
