"""Which number phrases are quantities: no dates, clock times, names, list numbers or ordinals."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from newspan.annotations.propose.numbers.clock import is_clock
from newspan.annotations.propose.numbers.dates import in_date, is_year
from newspan.annotations.propose.numbers.happenings import happening_ahead
from newspan.annotations.propose.numbers.lexemes import FIGURE, WORD
from newspan.annotations.propose.numbers.lexicon import word_set
from newspan.annotations.propose.numbers.names import (
    in_list_of_names,
    in_name,
    is_designation,
    is_tally_of_points,
)
from newspan.annotations.propose.numbers.site import Site, is_noun

__all__ = ["is_quantity"]

_LEAST_IN_COMPOUND = 2
_LEAST_DIGITS = 3
"""Digits of a telephone number."""
_INNER = ("compound", "nmod", "amod")
_DASHES = ("-", "–", "‑", "—")


def is_quantity(site: Site) -> bool:
    """Whether the phrase asserts a quantity where it stands."""
    return not any(rule(site) for rule in _AGAINST)


def _in_code(site: Site) -> bool:
    """MH17, 5G, 1990s, 18:40, 1.2.3, #5, a part of an address."""
    before, after = site.lexeme(-1), site.lexeme(0)
    if site.touches_before and before is not None:
        if before.kind == WORD or before.word in "_@#=&/\\~^*:":
            return True
        far = site.kind(-2)
        if before.word in ".,'’" and far == FIGURE and site.lexeme(-2).end == before.start:  # type: ignore[union-attr]
            return True
        if before.word in _DASHES and _hyphened_before(site):
            return site.phrase.quantity.kind != "age"  # in her mid-70s
    if site.touches_after and after is not None:
        if after.kind == WORD or after.word in "_@=/\\^":
            return True
        if after.word in ":.," and site.kind(1) == FIGURE and site.lexeme(1).start == after.end:  # type: ignore[union-attr]
            return True
        if after.word in ("'", "’") and site.word(1) in ("s", "ers"):
            return True
    return bool(site.token.like_url)


def _hyphened_before(site: Site) -> bool:
    """F-16, mid-20, 2019-20: not the second figure of a score."""
    before = site.lexeme(-2)
    dash = site.lexeme(-1)
    if before is None or dash is None or before.end != dash.start:
        return False
    if before.kind == WORD:
        return not is_spelt(before.word)
    return before.kind != FIGURE or len(before.word) > 3 or _in_chain(site)


def _in_chain(site: Site) -> bool:
    """Whether more than two figures are strung together, as in a telephone number."""
    return site.word(-3) in _DASHES and site.kind(-4) == FIGURE


def is_spelt(word: str) -> bool:
    """Whether it is a number word."""
    return word in word_set("words", "cardinals")


def _in_compound(site: Site) -> bool:
    """Five-star, two-state, one-on-one: a hyphen, and no unit after it."""
    if site.word(0) not in ("-", "‑") or not site.touches_after or site.kind(1) != WORD:
        return False
    tight = site.lexeme(1).start == site.lexeme(0).end  # type: ignore[union-attr]
    return tight and not _counts_in_compound(site) and not is_spelt(site.word(1))


def _counts_in_compound(site: Site) -> bool:
    """Whether the noun of a compound is counted: a 53-member panel, a two-line notice."""
    if site.word(1) in word_set("words", "compound_things"):
        return True
    if site.word(1) in word_set("words", "no_compound_things"):
        return False
    worth = site.phrase.figure.amount.worth
    noun = site.tokens.at(site.lexeme(1).start)  # type: ignore[union-attr]
    if worth is None or worth < _LEAST_IN_COMPOUND or noun is None or noun.tag_ != "NN":
        return False
    after = site.word(2)
    return noun.idx == site.lexeme(1).start and after.isalpha() and noun.dep_ in _INNER  # type: ignore[union-attr]


def _is_list_number(site: Site) -> bool:
    if not site.is_figure:
        return False
    opens = site.word(-1) == "\n"
    if opens and site.touches_after and site.word(0) in ".)" and site.kind(1) != FIGURE:
        return True
    opened = any(site.word(k) == "(" for k in range(-12, 0))
    if site.word(0) == ")" and site.touches_after and not opened:
        return True
    if site.word(-1) == "[" and site.word(0) in "],":
        return True
    return (
        site.word(-1) in "(,"
        and site.word(0) == ")"
        and site.touches_before
        and not _may_be_age(site)
    )


def _may_be_age(site: Site) -> bool:
    before = site.tokens.before(site.phrase.start - 1)
    return before is not None and (before.tag_ == "NNP" or before.ent_type_ == "PERSON")


def _in_row_of_figures(site: Site) -> bool:
    """A telephone number or a table: figures with only spaces between them."""
    if not site.is_figure:
        return False
    if (
        site.word(-1) == "+"
        and site.touches_before
        and len(site.lexemes[site.phrase.core].word) < 4
    ):
        return site.kind(0) == FIGURE or site.word(0) in ("-", "(")
    return site.kind(0) == FIGURE or site.kind(-1) == FIGURE


def _is_telephone(site: Site) -> bool:
    """Call 155."""
    if not site.is_figure or len(site.lexemes[site.phrase.core].word) < _LEAST_DIGITS:
        return False
    phoning = site.word(-1) in word_set("words", "phoning")
    if site.word(-1) in ("is", "on", "at", ":", "number"):
        phoning = any(site.word(k) in word_set("words", "lines") for k in range(-4, -1))
    return phoning and not site.counts_next and not is_noun(site.next)


def _is_pronoun_one(site: Site) -> bool:
    """One of the pilots, no one, one must, the one, one day."""
    if (
        site.lexemes[site.phrase.core].word != "one"
        or not site.has_no_unit
        or site.phrase.figure.amount.is_share
    ):
        return False
    if site.phrase.figure.amount.worth != 1:
        return False
    if site.phrase.quantity.modifier != "exact" or site.phrase.figure.has_more:
        return False
    alone = site.word(-1) == "only" and site.word(-2) not in ("the", "an", "his", "her", "my")
    if site.word(-1) in word_set("words", "before_one") and not alone:
        return True
    if site.word(0) in word_set("words", "one_idioms"):
        return True
    if is_noun(site.next) or (site.next is not None and site.next.tag_.startswith("JJ")):
        return site.token.tag_ == "PRP"
    if alone and site.next is not None and happening_ahead(site.next, "person"):
        return False
    return not _stands_for_one_thing(site)


def _stands_for_one_thing(site: Site) -> bool:
    """One was a marine and one a clerk; one drowned, two were hurt; one for him, one for her."""
    after = site.next
    if site.word(-1) == "from" and site.word(0) == "to":
        return site.kind(1) == FIGURE or is_spelt(site.word(1))
    pairs = (site.word(0) == "for") and _again_for(site)
    follows = after is not None and (
        after.lower_ in word_set("words", "after_one")
        or happening_ahead(after, "person") is not None
    )
    near = site.tokens.around(site.token)
    return pairs or (follows and any(t.tag_ == "CD" and t.i != site.token.i for t in near))


def _again_for(site: Site) -> bool:
    """Whether "one for" stands twice in the sentence."""
    near = site.tokens.around(site.token)
    pairs = [b for a, b in pairwise(near) if a.lower_ == "one" and b.lower_ == "for"]
    return len(pairs) > 1


def _is_no_share(site: Site) -> bool:
    """First half, half empty, a third breach, a quarter that is a season."""
    amount = site.phrase.figure.amount
    if not amount.is_share or site.phrase.lead or not site.has_no_unit:
        return False
    last = site.lexemes[site.phrase.figure.end - 1].word
    spelt = site.lexemes[site.phrase.core].word
    if (
        spelt in ("one", "two", "three", "four", "nine")
        or last.endswith("s")
        or not amount.is_spelt
    ):
        return False
    if site.word(0) == "of":
        return site.word(-1) in word_set("words", "before_no_share")
    if site.word(-1) in ("whom", "which") and site.word(-2) == "of":
        return False
    if last == "half":
        return not _is_half(site)
    after = site.next
    return site.word(-1) not in ("by", "than", "nearly", "about", "and") or (
        after is not None and (after.tag_.startswith(("NN", "JJ", "CD")))
    )


def _is_half(site: Site) -> bool:
    if site.word(-1) in word_set("words", "before_no_share"):
        return False
    if site.word(0) in word_set("words", "after_half"):
        return True
    after = site.next
    return after is not None and after.tag_ in ("VBD", "VBP", "VBZ", "MD") and site.word(-1) != "a"


def _is_frequency(site: Site) -> bool:
    """Three times a week, two-fold, both times; not how often a post was shared."""
    if site.word(0) == "times" and site.word(-1) in word_set("words", "spread"):
        return False
    return site.has_no_unit and site.word(0) in ("times", "time", "fold")


_AGAINST: tuple[Callable[[Site], bool], ...] = (
    _in_code, _in_compound, in_date, is_year, is_clock, _is_list_number, _in_row_of_figures,
    _is_telephone, _is_pronoun_one, _is_no_share, _is_frequency, is_designation,
    in_list_of_names, is_tally_of_points, in_name,
)  # fmt: skip
