"""A figure with its unit, and the upper end of a range that begins with one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from newspan.annotations.propose.numbers.cardinals import past_and_a_half
from newspan.annotations.propose.numbers.lexemes import (
    FIGURE,
    WORD,
    Lexeme,
    glued,
    past_hyphen,
    word_at,
)
from newspan.annotations.propose.numbers.lexicon import lexicon, word_set
from newspan.annotations.propose.numbers.units import Unit, money_before, unit_at
from newspan.annotations.propose.numbers.values import Amount, read_amount

__all__ = ["Figure", "read_figure", "upper_end"]

_DASHES = ("-", "–", "—", "‑")
_SCORES = 20
"""Figures that spaced dashes join are scores below this."""
_BEFORE_SCORE = 8
"""Lexemes in which a word of voting or playing makes two figures a score."""


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
    unit = unit_at(at, after)
    if unit is None:
        return Figure(i, end, amount, None, more, False, False)
    plural = word_at(at, unit.end - 1).endswith("s")
    end, age = _aged(at, unit, plural)
    return Figure(i, end, amount, unit, more, age, hyphened)


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
    if unit.times == 1 and not bare_unit and not _is_span_of_time(at, unit):
        return None
    one = Amount(i + 1, Fraction(1), is_spelt=True)
    end = past_and_a_half(at, unit.end)  # a decade and a half
    if end != unit.end:
        one = one._replace(worth=Fraction(3, 2))
    return Figure(i, end, one, unit, False, False, False, is_bare_unit=True)


def _is_span_of_time(at: Sequence[Lexeme], unit: Unit) -> bool:
    """Whether "an hour" is measured: an hour later, within a week."""
    return unit.kind == "duration" and (word_at(at, unit.end) in ("later", "earlier", "apart"))


def _with_money_scale(at: Sequence[Lexeme], amount: Amount) -> Amount:
    """With the m of $5m, which is a metre elsewhere."""
    scale = lexicon("words")["money_scales"].get(word_at(at, amount.end))
    if scale is None or amount.worth is None or not glued(at, amount.end) or amount.scale != 1:
        return amount
    times = Fraction(scale)
    return amount._replace(end=amount.end + 1, worth=amount.worth * times, scale=times)


def upper_end(
    at: Sequence[Lexeme], lower: Figure, *, between: bool, after_from: bool
) -> Figure | None:
    """The upper end of a range whose lower end is this figure; None if it is no range."""
    joint = word_at(at, lower.end)
    if between:
        allowed = joint == "and"
    else:
        allowed = joint in ("or", ",") or (joint in ("to", *_DASHES) and not after_from)
    if not allowed or lower.has_more or lower.amount.worth is None:
        return None
    upper = read_figure(at, lower.end + 1, bare_unit=False)
    if upper is None or upper.is_bare_unit or upper.amount.worth is None:
        return None
    if joint in _DASHES and not _joined_by_dash(at, lower, upper):
        return None
    start = _shared_scale(lower, upper)
    if start.worth is None or start.worth >= upper.amount.worth or not _same_unit(lower, upper):
        return None
    if not between and not _is_span(at, lower._replace(amount=start), upper, joint):
        return None
    return upper._replace(start=lower.start, unit=upper.unit or lower.unit, lower=start)


def _joined_by_dash(at: Sequence[Lexeme], lower: Figure, upper: Figure) -> bool:
    dash = lower.end
    tight = glued(at, dash) and glued(at, dash + 1)
    loose = not glued(at, dash) and not glued(at, dash + 1)
    figures = at[dash - 1].kind == FIGURE == at[dash + 1].kind
    year = lower.amount.worth is not None and 1500 <= lower.amount.worth <= 2100
    bare_year = year and lower.unit is None and len(at[lower.start].word) == 4 and not upper.unit
    return (tight or (loose and figures and at[dash].word != "—")) and not bare_year


def _shared_scale(lower: Figure, upper: Figure) -> Amount:
    """The lower amount with the upper one's "million", where it has none."""
    amount, scale = lower.amount, upper.amount.scale
    if amount.worth is None or upper.amount.worth is None or scale == 1 or amount.scale != 1:
        return amount
    if amount.worth >= upper.amount.worth / scale or (lower.unit and lower.unit.kind != "money"):
        return amount
    return amount._replace(worth=amount.worth * scale)


def _same_unit(lower: Figure, upper: Figure) -> bool:
    if lower.amount.is_share != upper.amount.is_share:
        return False
    if lower.unit is None:
        return True
    if upper.unit is None:  # $3 to 5 million
        return lower.unit.end == lower.amount.end
    return (lower.unit.kind, lower.unit.code) == (upper.unit.kind, upper.unit.code)


def _is_span(at: Sequence[Lexeme], lower: Figure, upper: Figure, joint: str) -> bool:
    """Whether the two are the ends of one range: no score, no list, no choice of two things."""
    low, high = lower.amount.worth, upper.amount.worth
    if low is None or high is None:
        return False
    if joint == ",":
        listed = word_at(at, upper.end) in (",", "and", "or") or word_at(at, lower.start - 1) == ","
        return high == low + 1 and lower.amount.is_spelt and lower.unit is None and not listed
    if joint == "or":
        return high <= 2 * low + 1
    if upper.unit is not None or lower.unit is not None:
        return True
    if joint in _DASHES and not glued(at, lower.end) and high < _SCORES:
        return False
    return not _is_score(at, lower, upper)


def _is_score(at: Sequence[Lexeme], lower: Figure, upper: Figure) -> bool:
    after = upper.end
    counted = after < len(at) and at[after].kind == WORD and len(at[after].word) > 3
    if counted and at[after].word not in word_set("words", "after_score"):
        return False
    scoring = word_set("words", "scoring")
    for k in range(lower.start - 1, max(-1, lower.start - 1 - _BEFORE_SCORE), -1):
        if at[k].word in (".", "\n"):
            return False
        if at[k].word in scoring:
            return True
    return False
