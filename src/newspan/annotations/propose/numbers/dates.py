"""Figures that are days or years."""

from __future__ import annotations

from newspan.annotations.propose.numbers.lexemes import FIGURE, WORD
from newspan.annotations.propose.numbers.lexicon import word_set
from newspan.annotations.propose.numbers.site import Site, is_noun

__all__ = ["in_date", "is_year"]

_JOINTS = ("and", "or", "to", "-", "–", ",", "&", "/")
_SHORT_MONTH = 4
"""Letters of the longest abbreviation of a month, whose point ends no sentence."""


def in_date(site: Site) -> bool:
    """Whether it is the day or year of a date: 4 March, May 11, 11 and 12 May."""
    months = word_set("words", "months")
    if not site.has_no_unit or site.phrase.figure.amount.is_share or site.is_score:
        return False
    if site.is_figure and site.token.ent_type_ == "DATE" and _is_short_year(site):
        return True
    k = 0
    while k < 6 and site.word(k) in _JOINTS and site.kind(k + 1) == FIGURE:
        k += 2
    if site.word(k) in months and site.is_capital(k) and _is_day(site):
        return True
    if site.phrase.lead and site.kind(-1) != WORD:
        return False
    return _is_after_month(site)


def _is_after_month(site: Site) -> bool:
    """Whether a month stands before it, with other days between or none."""
    months = word_set("words", "months")
    k = -1
    while k > -9 and (site.word(k) in (*_JOINTS, ".", "the") or site.kind(k) == FIGURE):
        k -= 1
    if site.word(k) not in months or not site.is_capital(k) or not _is_day(site):
        return False
    between = [site.word(j) for j in range(k + 1, 0)]
    ends = bool(between) and between[0] == "." and len(site.word(k)) > _SHORT_MONTH
    if "." in between[1:] or "the" in between or (ends and site.phrase.figure.amount.is_spelt):
        return False
    if not site.counts_next:
        return True
    if not between:  # on May 30; but 4 May 30 boats sank, and in May 30 boats sank
        return site.kind(k - 1) != FIGURE and site.word(k - 1) != "in"
    figures = [site.word(j) for j in range(k + 1, 0) if site.kind(j) == FIGURE]
    return bool(figures) and all(len(figure) < 4 for figure in figures)


def _is_short_year(site: Site) -> bool:
    """Whether it is a year in two digits: in 84, and 08."""
    digits = site.lexemes[site.phrase.core].word
    if site.word(-2) == "age" or len(digits) != 2 or site.counts_next or is_noun(site.next):
        return False
    if digits < "40" and not digits.startswith("0"):
        return False
    return digits.startswith("0") or site.word(-1) in ("in", "and", "since", "until", "of")


def _is_day(site: Site) -> bool:
    """Whether the figure can be a day or a year."""
    worth = site.phrase.figure.amount.worth
    if "," in site.lexemes[site.phrase.core].word:
        return False
    return worth is not None and worth.denominator == 1 and (worth <= 31 or 1000 <= worth <= 2100)


def is_year(site: Site) -> bool:
    """Whether it is a calendar year."""
    figure = site.phrase.figure
    worth = figure.amount.worth
    if worth is None or worth.denominator != 1 or not 1500 <= worth <= 2100:
        return False
    if not site.has_no_unit or len(site.lexemes[figure.end - 1].word) != 4 or figure.has_more:
        return False
    if figure.amount.is_spelt or (site.phrase.lead and site.phrase.quantity.modifier == "at_least"):
        return False
    dated = site.token.ent_type_ in ("DATE", "TIME", "EVENT", "LAW", "WORK_OF_ART")
    leads = ("in", "since", "the", "of", "until", "by", "from", "during", "before", "after", "(")
    if dated or site.word(-1) in leads or worth > 1990:
        return not (site.counts_next and not dated and site.word(-1) not in leads)
    return not site.counts_next
