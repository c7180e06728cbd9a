"""Tokens for Prodigy: whole words, and never more than one side of a span's edge."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

__all__ = ["Token", "last_tokens", "tokens_of"]


class Token(msgspec.Struct, kw_only=True):
    """A token as Prodigy has it; `ws` says whether a space follows."""

    text: str
    start: int
    end: int
    id: int
    ws: bool = False


def tokens_of(text: str, edges: Iterable[int] = ()) -> list[Token]:
    """The tokens of a text: runs of letters, digits and what combines with them, else single
    characters. They are cut at the edges too. One space between tokens is none of its own.
    """
    joined = [_joins(char) for char in text]
    inside = {at for at in range(1, len(text)) if joined[at] and joined[at - 1]} - set(edges)
    bounds = [at for at in range(len(text) + 1) if at not in inside]
    found: list[Token] = []
    for start, end in pairwise(bounds):
        if text[start:end] == " " and found and found[-1].end == start and not found[-1].ws:
            found[-1].ws = True
        else:
            found.append(Token(text=text[start:end], start=start, end=end, id=len(found)))
    return found


def _joins(char: str) -> bool:
    """Whether a character may stand in one token with its like."""
    return not (char.isspace() or char in "^`" or unicodedata.category(char) in _ALONE)


_ALONE = frozenset({"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Zs"})


def last_tokens(
    tokens: Sequence[Token], spans: Sequence[tuple[int | None, int]]
) -> list[int | None]:
    """The last token of each span, of which (its last token, if it says so; its end) are given."""
    by_end = {token.end: token.id for token in tokens}
    return [by_end.get(end) if stated is None else stated for stated, end in spans]
