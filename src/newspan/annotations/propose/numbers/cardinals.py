"""Cardinal numbers in words, and the "million" or "and a half" after a figure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from newspan.annotations.propose.numbers.lexemes import Lexeme, glued, past_hyphen, word_at
from newspan.annotations.propose.numbers.lexicon import lexicon, word_set

__all__ = ["Amount", "cardinal", "past_and_a_half", "scale_words", "scales", "with_half"]

_LONGEST_RUN = 14
"""Number words that can make one number."""


class Amount(NamedTuple):
    """A figure without its modifier and unit."""

    end: int
    """Index of the lexeme after it."""
    worth: Fraction | None
    """Nothing where it is vague."""
    order: Fraction | None = None
    """Order of magnitude of a vague one."""
    is_share: bool = False
    """Whether it is said as a part: two-thirds, one in five."""
    scale: Fraction = Fraction(1)
    """Its own "million", that a figure before it may share: 2 to 3 million."""
    is_spelt: bool = False
    """Whether it is in words."""


def scales(key: str) -> dict[str, Fraction]:
    """Words and what they are worth, of one list."""
    return {word: Fraction(worth) for word, worth in lexicon("words")[key].items()}


@cache
def scale_words() -> dict[str, Fraction]:
    """Hundred, million, dozen and what they multiply by."""
    return scales("scales")


@cache
def _short_scales() -> dict[str, Fraction]:
    return scales("short_scales")


def with_half(at: Sequence[Lexeme], end: int, worth: Fraction, *, spelt: bool = False) -> Amount:
    """An amount with "million", "and a half" and "dozen" after it, in whatever order."""
    scale = Fraction(1)
    for _ in range(3):
        word = word_at(at, end)
        if (half := past_and_a_half(at, end)) != end:
            end = half
            worth += Fraction(1, 2) * scale
            continue
        after = past_hyphen(at, end)
        found = scale_words().get(word_at(at, after))
        if found is None and glued(at, end):
            found, after = _short_scales().get(word), end
        if found is None or scale != 1:
            break
        scale = found
        worth *= found
        end = after + 1
    return Amount(end, worth, scale=scale, is_spelt=spelt)


def past_and_a_half(at: Sequence[Lexeme], i: int) -> int:
    """What follows "and a half", with hyphens or without; `i` where it does not stand."""
    k = i
    for word in ("and", "a", "half"):
        k = past_hyphen(at, k)
        if word_at(at, k) != word:
            return i
        k += 1
    return k


def cardinal(at: Sequence[Lexeme], i: int) -> Amount | None:
    """The longest run of number words from `i` that is one number."""
    from text_to_num import text2num  # type: ignore[import-untyped]

    cardinals = word_set("words", "cardinals")
    if word_at(at, i) not in cardinals:
        return None
    ends: list[tuple[int, int]] = []
    words: list[str] = []
    k = i
    while len(words) < _LONGEST_RUN and word_at(at, k) in cardinals:
        words.append(at[k].word)
        k += 1
        ends.append((k, len(words)))
        k = past_hyphen(at, k)
        if (
            word_at(at, k) == "and"
            and words[-1] in scale_words()
            and word_at(at, k + 1) in cardinals
        ):
            words.append("and")
            k += 1
    for end, count in reversed(ends):
        try:
            worth = text2num(" ".join(words[:count]), "en")
        except ValueError:
            continue
        scale = scale_words().get(words[count - 1], Fraction(1))
        return Amount(end, Fraction(worth), scale=scale, is_spelt=True)
    return None
