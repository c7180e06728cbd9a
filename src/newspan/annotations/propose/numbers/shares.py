"""Shares: half, two-thirds, one in five, 1/5, ½."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from unicodedata import numeric

from newspan.annotations.propose.numbers.cardinals import Amount, cardinal, scale_words
from newspan.annotations.propose.numbers.lexemes import FIGURE, Lexeme, word_at
from newspan.annotations.propose.numbers.lexicon import lexicon

__all__ = ["LONGEST_FIGURE", "VULGAR", "one_in", "share_of", "vulgar_share", "written_share"]

LONGEST_FIGURE = 30
"""Characters; what is longer is a code."""
VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


def written_share(at: Sequence[Lexeme], i: int, over: Fraction) -> Amount | None:
    """The share of 1/5, whose figures and stroke stand at `i`."""
    under = at[i + 2]
    if under.kind != FIGURE or len(under.word) > 3 or not under.word.isdigit():
        return None
    if over.denominator != 1 or not 0 < over < int(under.word):
        return None
    if int(under.word) > 10 and int(under.word) % 100:  # 9/11 is a date
        return None
    return Amount(i + 3, over / int(under.word), is_share=True)


def one_in(at: Sequence[Lexeme], i: int, over: Fraction) -> Amount | None:
    """One in five, nine out of ten, one for every three."""
    pair = _words(at, i) in ("out of", "for every")
    after = i + 1 if word_at(at, i) == "in" else i + 2 if pair else 0
    if after and word_at(at, after) == "every":
        after += 1
    if not after or over.denominator != 1 or over > 99:
        return None
    under = _plain(at, after)
    if under is None or under.worth is None or under.worth <= over or under.worth > 10**6:
        return None
    if under.worth.denominator != 1 or _is_year(under.worth) or _is_duration(at, under.end):
        return None
    return Amount(under.end, over / under.worth, is_share=True)


def _words(at: Sequence[Lexeme], i: int) -> str:
    return f"{word_at(at, i)} {word_at(at, i + 1)}"


def _is_year(worth: Fraction) -> bool:
    return 1500 <= worth <= 2100


def _is_duration(at: Sequence[Lexeme], i: int) -> bool:
    durations = lexicon("units")["duration"].values()
    return any(word_at(at, i) in words for words in durations)


def _plain(at: Sequence[Lexeme], i: int) -> Amount | None:
    """A figure or cardinal, without shares."""
    if i < len(at) and at[i].kind == FIGURE and at[i].word.isdigit():
        return Amount(i + 1, Fraction(at[i].word)) if len(at[i].word) < LONGEST_FIGURE else None
    return cardinal(at, i)


def vulgar_share(sign: str) -> Fraction:
    """What a sign such as ½ is worth."""
    return Fraction(numeric(sign)).limit_denominator(12)


def share_of(at: Sequence[Lexeme], i: int, over: Fraction) -> Amount | None:
    """Half, third, quarters after how many of them there are; half a million, half a dozen."""
    under = lexicon("words")["denominators"].get(word_at(at, i))
    if under is None or over > 19 or (over != 1 and not at[i].word.endswith("s")):
        return None
    worth, end = over / under, i + 1
    after = end + 1 if word_at(at, end) == "of" else end
    if word_at(at, after) in ("a", "an"):
        scale = scale_words().get(word_at(at, after + 1))
        if scale is not None:
            return Amount(after + 2, worth * scale, scale=scale, is_spelt=True)
    return Amount(end, worth, is_share=True, is_spelt=True)
