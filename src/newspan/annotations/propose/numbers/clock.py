"""Figures that are times of the day."""

from __future__ import annotations

import re

from newspan.annotations.propose.numbers.lexemes import FIGURE
from newspan.annotations.propose.numbers.lexicon import word_set
from newspan.annotations.propose.numbers.site import Site, is_noun
from newspan.annotations.propose.numbers.units import rate

__all__ = ["is_clock"]

_POINTED = re.compile(r"(?:[01]?[0-9]|2[0-4])\.[0-5][0-9]")
_HOURS = 12
_MINUTES = (5, 10, 20, 25)
_UNITS = ("hours", "minutes", "days", "percent", "-")
_BACK = 10
"""Lexemes in which another time, or a verb that puts a figure at something, may stand."""


def is_clock(site: Site) -> bool:
    """Whether it is a time of the day: 7.50 am, ten o'clock, half past three, since six, 22.20."""
    unit = site.phrase.figure.unit
    if unit is not None:
        return unit.kind == "duration" and (_is_named(site) or _is_minutes_to(site))
    if _is_named(site) or _is_past(site) or _is_pointed(site):
        return True
    digits = site.lexemes[site.phrase.core].word
    if len(digits) == 4 and digits.startswith("0"):
        return True
    near = site.word(-1) in word_set("words", "clock_before") | word_set("words", "clock_near")
    if site.is_figure and near and site.token.ent_type_ == "TIME" and not site.counts_next:
        return True
    return _is_hour(site)


def _is_named(site: Site) -> bool:
    """Whether words after it say so: am, o'clock, local time."""
    words = [site.word(k) for k in range(3)]
    if words[0] in word_set("words", "clock"):
        return True
    if words[0] == "o" and words[1] in ("'", "’") and words[2] == "clock":
        return True
    return words[:2] == ["local", "time"] or (words[0] in ("a", "p") and words[1:] == [".", "m"])


def _is_minutes_to(site: Site) -> bool:
    """Twenty minutes to ten."""
    minutes = site.phrase.figure.unit is not None and site.phrase.figure.unit.code == "min"
    hour = site.word(1) in word_set("words", "cardinals")
    return minutes and site.word(0) in ("to", "past") and hour and site.word(2) not in _UNITS


def _is_past(site: Site) -> bool:
    """Ten past five, half past three, quarter to nine, ten to five in the afternoon."""
    worth = site.phrase.figure.amount.worth
    if worth is None or site.counts_next:
        return False
    if _names_part_of_day(site, 0) and worth <= _HOURS:  # between two and three in the morning
        return True
    if site.phrase.quantity.modifier == "range":  # at five to six
        to = site.lexemes[site.phrase.core + 1].word == "to"
        return to and site.word(-1) in _openings() and worth <= _HOURS and not _is_put(site)
    if site.word(-1) == "to" and site.word(-2) in ("quarter", "minutes"):
        return worth <= _HOURS
    if site.word(-1) == "past":
        return worth <= _HOURS or worth in _MINUTES
    if site.word(0) == "past":
        hour = site.word(1) in word_set("words", "cardinals")
        return worth in _MINUTES and (hour or site.word(-1) in _openings())
    if site.word(0) == "to" and worth in _MINUTES:
        return _names_part_of_day(site, 2)
    return site.word(-1) == "to" and _names_part_of_day(site, 0)


def _names_part_of_day(site: Site, k: int) -> bool:
    """Whether "in the afternoon" or "at night" stands so far after it."""
    parts = word_set("words", "parts_of_day")
    if site.word(k) in ("in", "on") and site.word(k + 1) in ("the", "that"):
        return site.word(k + 2) in parts
    return site.word(k) in ("at", "that", "this") and site.word(k + 1) in parts


def _is_pointed(site: Site) -> bool:
    """22.20 and 4.10 after a preposition of time."""
    if not _may_be_pointed(site):
        return False
    if is_noun(site.next):
        return site.word(-1) == "the" and site.word(0) in word_set("words", "timed")
    own = site.lexemes[site.phrase.core].word
    for joint, other, opening in ((0, 1, -1), (-1, -2, -3)):
        if site.word(joint) in ("to", "and", "or", "until") and _is_pointed_figure(site, other):
            opened = site.word(opening) in word_set("words", "clock_near") | _openings()
            padded = own.startswith("0") or site.word(other).startswith("0")
            return opened and (padded or not _is_put(site))
    if _is_put(site):
        return False
    if site.word(-1) == "of":
        return site.word(-2) in word_set("words", "timed")
    return site.word(-1) in _openings() or site.word(-1) in ("by", "before", "after")


def _openings() -> frozenset[str]:
    return word_set("words", "clock_before")


def _may_be_pointed(site: Site) -> bool:
    exact = site.phrase.quantity.modifier in ("exact", "approximate")
    return exact and _POINTED.fullmatch(site.lexemes[site.phrase.core].word) is not None


def _is_pointed_figure(site: Site, k: int) -> bool:
    return site.kind(k) == FIGURE and _POINTED.fullmatch(site.word(k)) is not None


def _is_hour(site: Site) -> bool:
    """At five, since six, from three in the morning."""
    worth = site.phrase.figure.amount.worth
    plain = site.phrase.quantity.modifier in ("exact", "approximate")
    if worth is None or worth.denominator != 1 or not 0 < worth <= _HOURS or not plain:
        return False
    if site.counts_next or site.phrase.figure.has_more or site.is_score:
        return False
    if rate(site.lexemes, site.phrase.last) is not None:
        return False  # at six an hour
    after = site.next
    if _opens_clause(site) or (site.word(-1) == "from" and site.word(0) in ("until", "till")):
        return True
    if site.word(-1) not in _openings() or site.phrase.is_increment:
        return False
    if after is not None and (is_noun(after) or after.tag_.startswith(("JJ", "IN", "MD", "TO"))):
        return after.lower_ in ("that", "on", "in", "after", "before", "as") and not _is_put(site)
    return not _is_put(site) and not (after is not None and after.tag_.startswith(("VB", "%")))


def _opens_clause(site: Site) -> bool:
    """Shortly after four; by seven the square was empty."""
    if site.word(-1) not in word_set("words", "clock_near"):
        return False
    after = site.next.tag_ if site.next is not None else "."
    if site.word(-2) in ("shortly", "soon", "just") and site.word(-1) in ("before", "after"):
        return not after.startswith(("NN", "VB", "JJ", "IN"))
    opens = site.word(-2) in ("\n", ".", ",", ";", "and", "but", "“", '"')
    return opens and after in ("DT", "PRP", "PRP$", "EX", "NNP")


def _is_put(site: Site) -> bool:
    """Whether a verb or noun before puts a figure at something: the toll stands at nine."""
    words = word_set("words", "putting")
    for k in range(-2, -_BACK - 1, -1):
        word = site.word(k)
        if word in ("\n", ".", ";", ":"):
            return False
        if word in words:
            return True
    return False
