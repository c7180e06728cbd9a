"""How marks quote words, for reading and for writing them."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["RESERVED", "occurrences"]

RESERVED = ("note", "from")
"""First words of a line that are no region."""


def occurrences(words: str, text: str, low: int, high: int) -> Iterator[int]:
    """Starts of `words` in text[low:high], not inside a longer word."""
    at = text.find(words, low, high)
    while at >= 0:
        end = at + len(words)
        inside_left = at > 0 and text[at - 1].isalnum() and words[0].isalnum()
        inside_right = end < len(text) and text[end].isalnum() and words[-1].isalnum()
        if not inside_left and not inside_right:
            yield at
        at = text.find(words, at + 1, high)
