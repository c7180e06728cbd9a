"""Unit words and signs of money, and the codes they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from newspan.annotations.propose.numbers.lexemes import FIGURE, Lexeme, matches
from newspan.annotations.propose.numbers.lexicon import by_first_word, lexicon

__all__ = [
    "DOLLAR", "POUND", "RICHTER", "UNNAMED", "Unit",
    "money_before", "plain_unit", "rate", "unit_at",
]  # fmt: skip

RICHTER = "[Richter]"
"""UCUM for the magnitude of an earthquake."""
DOLLAR, POUND = "$", "£"
"""Codes to be: a dollar of an unnamed country, a pound of money or of weight."""
UNNAMED = "XXX"
"""ISO 4217 for a currency that has no code or is in doubt."""


class Unit(NamedTuple):
    """A unit word that stands in the text."""

    end: int
    """Index of the lexeme after it."""
    kind: str
    code: str | None
    times: Fraction = Fraction(1)
    """How many of the unit one of the word is: a decade is ten years."""


_Choices = dict[str, list[tuple[tuple[str, ...], tuple[str, str | None, Fraction]]]]


@cache
def _unit_words() -> _Choices:
    lists = lexicon("units")
    one = Fraction(1)
    found: list[tuple[str, tuple[str, str | None, Fraction]]] = []
    for kind in ("duration", "measure", "money"):
        for code, words in lists[kind].items():
            found += [(word, (kind, code or None, one)) for word in words]
    found += [(word, ("percent", None, one)) for word in lists["percent"]]
    for word, (times, code) in lists["many"].items():
        found.append((word, ("duration", code, Fraction(times))))
    cents = Fraction(1, 100)
    hundredths = lists["hundredths"]
    found = [(w, (k, c, cents if w in hundredths else t)) for w, (k, c, t) in found]
    return by_first_word(found)


@cache
def _signs() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    return by_first_word(lexicon("units")["signs"].items())


def plain_unit(word: str) -> Unit | None:
    """The unit that a single word is."""
    for words, (kind, code, times) in _unit_words().get(word, ()):
        if len(words) == 1:
            return Unit(0, kind, code, times)
    return None


def unit_at(at: Sequence[Lexeme], i: int) -> Unit | None:
    """The unit word or sign that begins at `i`, right after a figure."""
    if i >= len(at):
        return None
    for words, (kind, code, times) in _unit_words().get(at[i].word, ()):
        if matches(at, i, words):
            return _settled(at, Unit(i + len(words), kind, code, times))
    code = lexicon("units")["glued"].get(at[i].word)
    if code is None or not i or at[i - 1].kind != FIGURE:
        return None
    apart = at[i].start - at[i - 1].end
    if apart == 0 or (code == "m" and apart == 1):  # 40 m high
        return Unit(i + 1, "duration" if code == "h" else "measure", code)
    return None


def _settled(at: Sequence[Lexeme], unit: Unit) -> Unit:
    if unit.code != POUND:
        return unit
    weighed = unit.end < len(at) and at[unit.end].word in lexicon("units")["weighed"]
    return unit._replace(kind="measure", code="[lb_av]") if weighed else unit._replace(code="GBP")


def money_before(at: Sequence[Lexeme], i: int) -> tuple[int, str] | None:
    """The end and code of a sign or code of money that begins at `i`, before a figure."""
    for words, code in _signs().get(at[i].word, ()):
        end = i + len(words)
        if matches(at, i, words) and end < len(at) and at[end].kind == FIGURE:
            return (end, code) if at[end].start - at[end - 1].end <= 1 else None
    return None


def rate(at: Sequence[Lexeme], i: int) -> str | None:
    """The code of "a day", "per month", "an hour" at `i`; nothing in "a day later"."""
    if i + 1 >= len(at) or at[i].word not in ("a", "an", "per", "each", "every", "/"):
        return None
    unit = plain_unit(at[i + 1].word)
    if unit is None or unit.times != 1 or unit.code is None:
        return None
    if unit.kind != "duration" and at[i].word not in ("per", "/"):
        return None
    after = at[i + 2].word if i + 2 < len(at) else ""
    if after in ("ago", "later", "earlier", "before", "after", "-", "old"):
        return None
    return unit.code if unit.kind in ("duration", "measure") else None
