"""A span in the words around it: what a reader needs to see where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Part", "excerpt"]

AROUND = 40
"""Characters of the line that are shown on either side of a span."""
LONG = 240
"""Characters of a fragment or gap from which on its middle is left out."""
_KEPT = LONG // 2 - 20


class Part(NamedTuple):
    """A stretch of an excerpt."""

    text: str
    marked: bool
    """Whether it belongs to the span."""


def excerpt(text: str, fragments: Iterable[tuple[int, int]]) -> tuple[Part, ...]:
    """The fragments and up to AROUND characters of their line on either side.

    Offsets are code points into `text`, half-open. What is left out is shown by "…". A
    fragment that does not lie in the text is passed over; nothing comes back without any.
    """
    inside = sorted((s, e) for s, e in fragments if 0 <= s <= e <= len(text))
    if not inside:
        return ()
    parts = [Part(_before(text, inside[0][0]), False)]
    at = inside[0][0]
    for start, end in inside:
        if start > at:
            parts.append(Part(_shortened(text[at:start]), False))
        start = max(start, at)
        parts.append(Part(_shortened(text[start : max(start, end)]), True))
        at = max(at, end)
    parts.append(Part(_after(text, at), False))
    return tuple(_without_empty(parts))


def _without_empty(parts: list[Part]) -> Iterator[Part]:
    """The parts with words, and of a span without words one empty mark."""
    wordless = not any(p.text for p in parts if p.marked)
    for part in parts:
        if part.text or (part.marked and wordless):
            yield part
            wordless = wordless and not part.marked


def _before(text: str, start: int) -> str:
    low = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    words = text[low:start]
    if low == 0 or text[low - 1] == "\n":
        return words
    _, space, rest = words.partition(" ")
    return "…" + (rest if space and len(rest) > AROUND // 2 else words)


def _after(text: str, end: int) -> str:
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    words = text[end : min(line_end, end + AROUND)]
    if end + AROUND >= line_end:
        return words
    rest, space, _ = words.rpartition(" ")
    return (rest if space and len(rest) > AROUND // 2 else words) + "…"


def _shortened(words: str) -> str:
    return words if len(words) <= LONG else f"{words[:_KEPT]} … {words[-_KEPT:]}"
