"""The upper end of a range that begins with a figure."""

from __future__ import annotations

from collections.abc import Sequence

from newspan.annotations.propose.numbers.figures import Figure, read_figure
from newspan.annotations.propose.numbers.lexemes import FIGURE, WORD, Lexeme, glued, word_at
from newspan.annotations.propose.numbers.lexicon import word_set
from newspan.annotations.propose.numbers.values import Amount, read_amount

__all__ = ["upper_end"]

_DASHES = ("-", "–", "—", "‑")
_SCORES = 20
"""Figures that spaced dashes join are scores below this."""
_BEFORE_SCORE = 8
"""Lexemes in which a word of voting or playing makes two figures a score."""


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
        again = word_at(at, upper.end) == "or" and read_amount(at, upper.end + 1) is not None
        return high <= 2 * low + 1 and not again and not _is_listed(at, lower.start)
    if upper.unit is not None or lower.unit is not None:
        return True
    if joint in _DASHES and not glued(at, lower.end) and high < _SCORES:
        return False
    return not _is_score(at, lower, upper)


def _is_listed(at: Sequence[Lexeme], i: int) -> bool:
    """Whether a figure and a comma stand before: three, five or six."""
    if word_at(at, i - 1) not in (",", "or") or i < 2:
        return False
    return at[i - 2].kind == FIGURE or at[i - 2].word in word_set("words", "cardinals")


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
