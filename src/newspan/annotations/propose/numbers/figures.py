"""A figure with its unit: what it counts in, ages and times said in two units."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from newspan.annotations.propose.numbers.cardinals import past_and_a_half
from newspan.annotations.propose.numbers.lexemes import (
    FIGURE,
    SIGN,
    Lexeme,
    glued,
    past_hyphen,
    word_at,
)
from newspan.annotations.propose.numbers.lexicon import lexicon, word_set
from newspan.annotations.propose.numbers.units import Unit, money_before, unit_at
from newspan.annotations.propose.numbers.values import Amount, read_amount

__all__ = ["Figure", "read_figure"]

_TENS = frozenset(map(str, range(20, 110, 10)))
_SMALLER = {"a": ("mo", 12), "wk": ("d", 7), "d": ("h", 24), "h": ("min", 60), "min": ("s", 60)}
"""The unit that may follow in one duration, and how many make the greater one."""


class Figure(NamedTuple):
    """An amount with what belongs to it on both sides."""

    start: int
    """Index of its first lexeme, a sign of money included."""
    end: int
    amount: Amount
    unit: Unit | None
    has_more: bool
    """Whether "more" stands after the figure: 200 more."""
    is_age: bool
    is_hyphened: bool
    """Whether a hyphen joins figure and unit: a 38-metre boat."""
    is_bare_unit: bool = False
    """Whether it is an article and a unit: a week."""
    lower: Amount | None = None
    """The lower end of a range, as the upper end makes it: 2 (million) to 3 million."""


def read_figure(at: Sequence[Lexeme], i: int, *, bare_unit: bool) -> Figure | None:
    """The figure that begins at `i`; "a week" is one only after a modifier or in few places."""
    if i >= len(at):
        return None
    money = money_before(at, i)
    amount = read_amount(at, money[0] if money else i)
    if amount is None:
        return _article_and_unit(at, i, bare_unit)
    if money is not None:
        amount = _with_money_scale(at, amount)
        named = unit_at(at, amount.end)  # $5 million dollars
        end = named.end if named is not None and named.kind == "money" else amount.end
        return Figure(i, end, amount, Unit(amount.end, "money", money[1]), False, False, False)
    scaled = _with_money_scale(at, amount)
    if scaled is not amount and (unit := unit_at(at, scaled.end)) and unit.kind == "money":
        return Figure(i, unit.end, scaled, unit, False, False, False)
    return _with_unit(at, i, amount)


def _with_unit(at: Sequence[Lexeme], i: int, amount: Amount) -> Figure:
    more = word_at(at, amount.end) == "more" and amount.end < len(at)
    end = amount.end + more
    after = past_hyphen(at, end)
    hyphened = after != end
    if amount.is_share and word_at(at, after) == "of" and word_at(at, after + 1) in ("a", "an"):
        after += 1
    if amount.is_share and word_at(at, after) in ("a", "an"):
        after += 1  # half a mile
    unit = unit_at(at, after) or _comparison(at, after) or _decade(at, i, amount)
    if unit is None:
        return Figure(i, end, amount, None, more, False, False)
    if (joined := _with_smaller_unit(at, i, amount, unit)) is not None:
        return joined
    plural = word_at(at, unit.end - 1).endswith("s")
    end, age = _aged(at, unit, plural)
    return Figure(i, end, amount, unit, more, age, hyphened)


def _comparison(at: Sequence[Lexeme], i: int) -> Unit | None:
    """The "times" of "three times as many", which makes a ratio."""
    if word_at(at, i) != "times":
        return None
    after, second = word_at(at, i + 1), word_at(at, i + 2)
    compared = after in word_set("words", "compared") or (after == "that" and second == "of")
    if after == "as":
        again = any(word_at(at, k) == "as" for k in range(i + 3, i + 5))
        compared = again or second in word_set("words", "as_many")
    return Unit(i + 1, "ratio", None) if compared else None


def _decade(at: Sequence[Lexeme], i: int, amount: Amount) -> Unit | None:
    """The s of "in their 70s", an age."""
    tens = at[i].kind == FIGURE and amount.end == i + 1 and at[i].word in _TENS
    if not tens or word_at(at, amount.end) != "s" or not glued(at, amount.end):
        return None
    before = [word_at(at, k) for k in range(i - 1, i - 4, -1)]
    parts = ("early", "mid", "late", "-", "‑")
    whose = next((word for word in before if word not in parts), "")
    return Unit(amount.end + 1, "age", "a") if whose in word_set("words", "whose") else None


def _with_smaller_unit(at: Sequence[Lexeme], i: int, amount: Amount, unit: Unit) -> Figure | None:
    """Six hours and 40 minutes, as one duration in minutes."""
    smaller, times = _SMALLER.get(unit.code or "", ("", 0))
    if unit.kind != "duration" or unit.times != 1 or not smaller or amount.worth is None:
        return None
    k = unit.end + (word_at(at, unit.end) in ("and", ","))
    rest = read_amount(at, k) if word_at(at, i - 1) != "between" else None
    if rest is None or rest.worth is None or rest.is_share or rest.worth >= times:
        return None
    named = unit_at(at, rest.end)
    if named is None or (named.kind, named.code) != ("duration", smaller) or named.times != 1:
        return None
    whole = rest._replace(worth=amount.worth * times + rest.worth, is_share=False)
    made = Figure(i, named.end, whole, named, False, False, False)
    return _with_smaller_unit(at, i, whole, named) or made


def _aged(at: Sequence[Lexeme], unit: Unit, plural: bool) -> tuple[int, bool]:
    """The end with "-old", which belongs to a hyphen compound; and whether it is an age."""
    if unit.kind != "duration":
        return unit.end, False
    after = past_hyphen(at, unit.end)
    if word_at(at, after) in ("old", "olds") and (after != unit.end or not plural):
        return after + 1, True
    of_age = word_at(at, unit.end) == "of" and word_at(at, unit.end + 1) == "age"
    return unit.end, of_age or word_at(at, unit.end) == "old"


def _article_and_unit(at: Sequence[Lexeme], i: int, bare_unit: bool) -> Figure | None:
    if word_at(at, i) not in ("a", "an"):
        return None
    unit = unit_at(at, i + 1)
    if (
        unit is None
        or unit.kind not in ("duration", "measure", "money")
        or word_at(at, unit.end) == "-"
    ):
        return None
    one = Amount(i + 1, Fraction(1), is_spelt=True)
    if (joined := _with_smaller_unit(at, i, one, unit)) is not None:
        return joined  # a year and eight months
    if unit.times == 1 and not bare_unit and not _is_span_of_time(at, unit):
        return None
    end = past_and_a_half(at, unit.end)  # a decade and a half
    if end != unit.end:
        one = one._replace(worth=Fraction(3, 2))
    return Figure(i, end, one, unit, False, False, False, is_bare_unit=True)


def _is_span_of_time(at: Sequence[Lexeme], unit: Unit) -> bool:
    """Whether "an hour" is measured: an hour later, a week ago, lasted a year."""
    if unit.kind != "duration":
        return False
    words, after = lexicon("words"), word_at(at, unit.end)
    if after in words["after_span"]:
        return True
    if word_at(at, unit.end - 3) not in words["lasting"] or unit.code in ("s", "min"):
        return False
    ends = unit.end >= len(at) or (at[unit.end].kind == SIGN and after not in ("'", "’", "-"))
    return ends or after in words["after_lasting"]


def _with_money_scale(at: Sequence[Lexeme], amount: Amount) -> Amount:
    """With the m of $5m, which is a metre elsewhere."""
    scale = lexicon("words")["money_scales"].get(word_at(at, amount.end))
    if scale is None or amount.worth is None or not glued(at, amount.end) or amount.scale != 1:
        return amount
    times = Fraction(scale)
    return amount._replace(end=amount.end + 1, worth=amount.worth * times, scale=times)
