"""What a figure without a unit word measures where it stands: an age, money, votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.lexicon import word_set
from newspan.annotations.propose.numbers.site import Site, is_noun

if TYPE_CHECKING:
    from newspan.annotations.propose.numbers.quantity import Quantity

__all__ = ["is_age", "is_magnitude", "is_more_of", "is_vote"]

_OLDEST = 120
_ADULT = (10, 25)
"""Ages that "under" and "over" speak of without more words."""
_STRONGEST = 10
"""Magnitude that no earthquake has."""
_BACK = 14
"""Lexemes in which a word of age before a figure makes it one."""


def is_age(site: Site) -> bool:
    """Whether a bare figure is the age of a person: aged 61, Tessa Varn, 34, or under 18."""
    figure = site.phrase.figure
    worth = figure.amount.worth
    if worth is None or not 0 < worth <= _OLDEST or not site.has_no_unit or figure.has_more:
        return False
    if figure.amount.is_share or site.counts_next:
        return False
    if site.word(-1) in word_set("words", "of_the_age"):
        return True
    if site.word(-1) == "of" and site.word(-2) == "age":
        return True
    if site.phrase.lead in ("under", "over", "below", "above"):
        ends = site.word(0) in (
            ".",
            ",",
            ";",
            "”",
            '"',
            "’",
            ")",
            "and",
            "or",
            "were",
            "was",
            "are",
        )
        if site.word(-1) in word_set("words", "aged_people"):
            return ends or not is_noun(site.next)
        return ends and _ADULT[0] <= worth <= _ADULT[1]
    if _is_of_a_person(site):
        return True
    if site.phrase.quantity.modifier != "exact":
        return False
    return _is_apposed(site) or _is_of_one(site) or _is_said_of_the_oldest(site)


def _is_of_a_person(site: Site) -> bool:
    """A man of about 60, a girl of three."""
    preposition = site.previous
    if preposition is None or preposition.lower_ != "of" or preposition.i == 0:
        return False
    noun = preposition.nbor(-1)
    if noun.tag_ != "NN" or is_noun(site.next) or site.phrase.quantity.kind != "count":
        return False
    lemma = noun.lemma_.lower()
    if lemma in word_set("classes", "collectives") or lemma in word_set("classes", "nominal"):
        return False
    if lemma in ("toll", "death", "couple", "majority"):
        return False
    return any(lemma in word_set("classes", name) for name in ("person", "soldier", "child"))


def _is_of_one(site: Site) -> bool:
    """When she was six, I am 61 now, Orla Venn was 17."""
    verbs = ("was", "is", "am", "’m", "m", "be", "were")
    if site.word(-1) not in verbs or is_noun(site.next) or site.word(0) == "of":
        return False
    if site.word(-2) in ("she", "he", "i", "who", "they", "'", "’"):
        return site.word(-1) != "were" or site.word(-2) == "they"
    named = site.tokens.before(site.lexeme(-1).start)  # type: ignore[union-attr]
    return site.word(-1) == "was" and named is not None and named.ent_type_ == "PERSON"


def _is_apposed(site: Site) -> bool:
    """After a name, between commas or brackets."""
    opens, closes = site.word(-1), site.word(0)
    if opens == "," and closes not in (
        ",",
        ".",
        ";",
        "\n",
        "”",
        '"',
        ":",
        "and",
        "who",
        "of",
        "from",
    ):
        return False
    if opens not in (",", "(") or (opens == "(" and closes not in (")", ",")):
        return False
    mark = site.lexeme(-1)
    token = None if mark is None else site.tokens.before(mark.start)
    if token is None or (token.tag_ not in ("NNP", "NN") and token.ent_type_ != "PERSON"):
        return False
    return token.text[:1].isupper() and token.ent_type_ != "DATE"


def _is_said_of_the_oldest(site: Site) -> bool:
    if site.word(-1) not in ("was", "is", "were", "are", "be", "been", "at"):
        return False
    for k in range(-2, -_BACK, -1):
        word = site.word(k)
        if word in (".", "\n"):
            return False
        if word in ("oldest", "youngest", "eldest", "age"):
            return True
    return False


def is_magnitude(site: Site) -> bool:
    """Whether it is the strength of an earthquake: 5.2-magnitude, a magnitude of 6."""
    if not site.has_no_unit:
        return False
    after = site.word(0) == "magnitude" or (site.word(0) == "-" and site.word(1) == "magnitude")
    if after or (site.word(-1) == "of" and site.word(-2) == "magnitude"):
        return True
    if "richter" in (site.word(1), site.word(2)):
        return True
    pointed = "." in site.lexemes[site.phrase.core].word and not is_noun(site.next)
    if not pointed or (site.phrase.figure.amount.worth or _STRONGEST) >= _STRONGEST:
        return False
    near = site.tokens.around(site.token)
    return any(token.lemma_.lower() in word_set("words", "quakes") for token in near)


def is_more_of(site: Site, before: Site, earlier: Quantity) -> bool:
    """Whether a bare figure goes on with the money before it: 22m crowns, against 14m."""
    if not site.has_no_unit or site.counts_next or earlier.kind != "money":
        return False
    if before.sentence != site.sentence:
        return False
    return site.word(-1) in ("against", "from", "to", "versus", "than", "with")


def is_vote(site: Site) -> bool:
    """Whether it is one side of a vote."""
    if not site.is_score and site.counts_next:
        return False
    facing = site.is_score or "to" in (site.word(0), site.word(-1))
    beside = {site.word(-2), site.word(-1), site.word(0), site.word(1)}
    if not facing and not beside & {"votes", "vote", "for", "against", "favour", "favor"}:
        return False
    words = word_set("words", "voting" if facing else "votes")
    return any(token.lemma_.lower() in words for token in site.tokens.around(site.token))
