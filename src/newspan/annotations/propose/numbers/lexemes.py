"""A text cut into figures, words and signs, finer than the tokens of a language model.

Number phrases are read on these: what a model makes of "20bn", "38-metre" or "US$3m" differs
from model to model, and a number must be read alike under each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

__all__ = [
    "FIGURE", "SIGN", "WORD", "Lexeme", "glued", "lexemes", "matches", "past_hyphen", "word_at",
]  # fmt: skip

FIGURE, WORD, SIGN = range(3)

_LEXEME = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?"
    r"|(?<![\w.])\.[0-9]+)"
    r"|([^\W\d_]+)|(\S|\n)"
)


class Lexeme(NamedTuple):
    """A figure, a word in small letters, or a sign; the end of a line is a sign too."""

    kind: int
    word: str
    start: int
    end: int


def lexemes(text: str) -> list[Lexeme]:
    """The lexemes of a text, in order."""
    low = text.lower()
    if len(low) != len(text):  # some letters are two in small: then each word by itself
        low = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    made = tuple.__new__  # half of the time that the names of a NamedTuple take
    return [
        made(Lexeme, (m.lastindex - 1, low[m.start() : m.end()], m.start(), m.end()))  # type: ignore[operator]
        for m in _LEXEME.finditer(text)
    ]


def matches(at: Sequence[Lexeme], i: int, words: tuple[str, ...]) -> bool:
    """Whether these words stand at `i`."""
    if i + len(words) > len(at):
        return False
    for k, word in enumerate(words, i):  # noqa: SIM110 -- a generator takes twice the time
        if at[k].word != word:
            return False
    return True


def word_at(at: Sequence[Lexeme], i: int) -> str:
    """The word of a lexeme; nothing past the ends."""
    return at[i].word if 0 <= i < len(at) else ""


def glued(at: Sequence[Lexeme], i: int) -> bool:
    """Whether nothing stands between the lexemes `i - 1` and `i`."""
    return 0 < i < len(at) and at[i - 1].end == at[i].start


def past_hyphen(at: Sequence[Lexeme], i: int) -> int:
    """`i`, or what follows a hyphen that is glued to both sides there."""
    return i + 1 if word_at(at, i) in ("-", "‑") and glued(at, i) and glued(at, i + 1) else i
