"""What a number counts where no noun stands with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.counting import Head, head_from, is_nominal, noun_phrase_of
from newspan.annotations.propose.numbers.lexicon import word_set
from newspan.annotations.propose.numbers.site import is_noun
from newspan.annotations.propose.numbers.whole import may_include

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newspan.annotations.propose.numbers.proposals import Item
    from newspan.annotations.propose.numbers.site import Site

__all__ = ["named_by_verb", "understood"]

_NEAR = 16
"""Tokens between "the number of" and the figure."""
_FARTHEST = 150
"""Tokens between an ellipsis and the noun it understands."""
_PERSONS = ("person", "soldier", "child")


def named_by_verb(site: Site) -> Head | None:
    """The noun that a verb or a copula puts at this number.

    The number of boats was put at seven; the death toll reached nine; the dead numbered eleven.
    """
    head = _number_of(site) if site.phrase.quantity.kind == "count" else None
    if head is not None:
        return head
    verb = _verb_above(site.token)
    if verb is None:
        return None
    for child in verb.children:
        if child.i != site.token.i and (named := _put_at(child, verb, site)) is not None:
            return named
    return None


def _put_at(noun: Token, verb: Token, site: Site) -> Head | None:
    """The noun beside a verb, if the verb puts it at the number."""
    if noun.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return None
    lemma, act = noun.lemma_.lower(), verb.lemma_.lower()
    counts = site.phrase.quantity.kind == "count"
    if lemma == "toll":
        return noun_phrase_of(_complement(noun) or noun) if counts else None
    moved = act in word_set("happenings", "changing" if noun.dep_ != "dobj" else "raising")
    if lemma in ("number", "count", "total", "figure", "tally"):
        return None
    if moved and is_noun(noun) and noun.tag_ != "NNP":
        return noun_phrase_of(noun)
    if counts and noun.lower_ in ("dead", "injured", "wounded", "missing"):
        return Head(noun, noun, noun)
    return None


def _number_of(site: Site) -> Head | None:
    """The boats of "the number of boats at seven", the nearest before."""
    if site.word(-1) not in word_set("words", "before_put"):
        return None
    doc, start = site.tokens.doc, site.sentence
    for i in range(site.first.i - 1, max(start, site.first.i - _NEAR), -1):
        if doc[i].lower_ == "of" and doc[i - 1].lower_ in ("number", "count", "tally"):
            head = head_from(doc, i + 1)
            fits = head is not None and head.whole is None and head.last.i < site.first.i
            return head if fits else None
    return None


def _verb_above(token: Token) -> Token | None:
    for _ in range(4):
        above = token.head
        if above.i == token.i:
            return None
        if above.pos_ in ("VERB", "AUX"):
            return above
        if above.dep_ not in ("prep", "pobj", "conj", "nummod", "quantmod", "dep", "advmod"):
            return None
        token = above
    return None


def _complement(noun: Token) -> Token | None:
    """The boats of "the number of boats"."""
    for preposition in noun.children:
        if preposition.lower_ == "of":
            return next((child for child in preposition.children if child.dep_ == "pobj"), None)
    return None


def understood(item: Item, earlier: Sequence[Item], *, by_pronoun: bool) -> Item | None:
    """The earlier number whose noun this one understands: the nearest that fits."""
    site = item.site
    if item.quantity.kind != "count" and not by_pronoun:
        return None
    if item.quantity.modifier == "vague" and not (item.happening or by_pronoun):
        return None
    persons = item.happening in word_set("happenings", "only_persons")
    parts: Item | None = None
    for other in reversed(earlier):
        if site.token.i - other.site.token.i > _FARTHEST:
            break
        if not _may_be_understood(item, other, persons=persons):
            continue
        if by_pronoun and not may_include(other, item):
            continue
        if not by_pronoun and persons and _is_elsewhere(item, other):
            return None  # 7,000 peacekeepers, and 240,000 dead: no peacekeepers
        if other.whole is None:
            return other
        parts = parts or other
    return parts


def _is_elsewhere(item: Item, other: Item) -> bool:
    """Whether the earlier number is too small for this, and of people to whom nothing happened."""
    harmed = other.happening in word_set("happenings", "only_persons")
    return not harmed and not may_include(other, item)


def _may_be_understood(item: Item, other: Item, *, persons: bool) -> bool:
    if other.head is None or other.quantity.kind != "count":
        return False
    if persons and other.counted_class not in (*_PERSONS, None):
        return False
    if other.head.noun.lemma_ == "toll":
        return False
    return not (is_nominal(other.head) and item.happening not in (None, other.happening))
