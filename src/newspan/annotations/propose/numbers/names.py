"""Figures that are part of a name: Resolution 1701, Boeing 747, phases 3 and 5."""

from __future__ import annotations

from newspan.annotations.propose.numbers.lexemes import FIGURE, WORD
from newspan.annotations.propose.numbers.lexicon import word_set
from newspan.annotations.propose.numbers.site import Site, is_noun

__all__ = ["in_list_of_names", "in_name", "is_designation", "is_tally_of_points"]

_NAMES = ("PERSON", "ORG", "FAC", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "NORP")
_LONGEST_TALLY = 60
"""Lexemes of a list of places with their figures."""
_LONGEST_NOUN = 3
"""Words of what the first figure of such a list counts."""


def is_designation(site: Site) -> bool:
    """Resolution 1701, Day 20, No. 5, Boeing 747, Room Four."""
    if not site.has_no_unit or site.phrase.lead or site.counts_next or site.is_score:
        return False
    spelt = site.phrase.figure.amount.is_spelt
    if spelt and not site.text[site.phrase.start].isupper():
        numbered = word_set("words", "spelt_designators")
        return site.word(-1) in numbered and _counts_nothing(site) and not is_noun(site.next)
    back = (
        -2 if site.word(-1) == "." and site.word(-2) in ("no", "nos", "art", "vol", "sec") else -1
    )
    word, capital = site.word(back), site.is_capital(back)
    if word in word_set("words", "small_designators") and _counts_nothing(site):
        return True
    if word in word_set("words", "designators") and capital:
        return True
    if site.word(-1) == "of" and site.word(-2) == "group" and site.is_capital(-2):
        return True
    if site.is_figure and site.is_capital(0) and _is_street(site):
        return True
    if is_in_tally(site):
        return False
    token = site.previous
    if not capital or token is None or token.tag_ not in ("NNP", "NNPS", "NN", "SYM"):
        return False
    if token.ent_type_ in ("DATE", "TIME", "GPE", "LOC") and _has_verb(site):
        return False  # on Sunday 12 were found
    return not (is_noun(site.next) and site.token.dep_ == "nummod" and _plural_head(site))


def _has_verb(site: Site) -> bool:
    return site.next is not None and site.next.tag_.startswith(("VB", "MD"))


def _is_street(site: Site) -> bool:
    """10 Downing Street: the number of a house."""
    streets = word_set("words", "streets")
    return any(site.word(k) in streets and site.is_capital(k) for k in (1, 2))


def _is_of_a_match(site: Site) -> bool:
    """Whether its sentence speaks of playing or voting; parsers take a score for a name."""
    words = word_set("words", "scoring")
    return any(token.lower_ in words for token in site.tokens.around(site.token))


def is_in_tally(site: Site) -> bool:
    """Whether names with figures follow a figure: Velk had 131, Port Ummel 48 and Ilvane three."""
    if not site.is_bare or not site.is_capital(-1):
        return False
    k = -1
    while k > -_LONGEST_TALLY:
        while site.is_capital(k) and not _is_figure(site, k) and k > -_LONGEST_TALLY:
            k -= 1
        if site.word(k) == "and" and site.word(k - 1) == ",":
            k -= 1
        if site.word(k) not in (",", ";", "and"):
            return False
        k -= 1
        last = k
        while last - k < _LONGEST_NOUN and _is_plain_word(site, k):
            k -= 1  # the boats of "131 boats, Port Ummel 48"
        if not _is_figure(site, k) or k <= -_LONGEST_TALLY:
            return False
        k -= 1
        if not site.is_capital(k):
            return site.kind(k) == WORD and site.word(k) not in word_set("words", "months")
    return False


def _is_plain_word(site: Site, k: int) -> bool:
    return site.kind(k) == WORD and not site.is_capital(k) and not _is_figure(site, k)


def _is_figure(site: Site, k: int) -> bool:
    return site.kind(k) == FIGURE or site.word(k) in word_set("words", "cardinals")


def in_list_of_names(site: Site) -> bool:
    """Phases 3, 5 and 7."""
    if not site.is_figure or site.counts_next:
        return False
    k = -1
    while k > -12 and (
        site.kind(k) == FIGURE or site.word(k) in (",", "and", "or", "to", "-", "–")
    ):
        k -= 1
    return site.word(k) in word_set("words", "listing_designators")


def is_tally_of_points(site: Site) -> bool:
    """Risk scores: not scores of people."""
    if site.lexemes[site.phrase.core].word != "scores":
        return False
    before = site.previous
    described = before is not None and before.tag_.startswith(("NN", "JJ", "PRP$", "CD"))
    return described or site.word(0) not in word_set("words", "after_scores")


def _counts_nothing(site: Site) -> bool:
    token = site.previous
    return token is None or not token.tag_.startswith("VB")


def _plural_head(site: Site) -> bool:
    return site.token.head.tag_ in ("NNS", "NNPS") and site.token.head.i > site.token.i


def in_name(site: Site) -> bool:
    """Six Nations, Apollo Eleven, Five Star Movement: part of a name, or of a list of names."""
    token = site.token
    if not site.has_no_unit or site.phrase.quantity.modifier != "exact":
        return False
    if (site.is_score and _is_of_a_match(site)) or is_in_tally(site):
        return False
    if token.ent_type_ in _NAMES and token.ent_iob_ == "I":
        outside = token.dep_ == "nummod" and token.head.ent_type_ not in _NAMES
        return not site.counts_next and not (outside and token.head.i > token.i)
    if not site.phrase.figure.amount.is_spelt or not site.is_capital_inside:
        return False
    return token.tag_ in ("NNP", "NNPS") or token.ent_type_ in _NAMES
