"""Zero in words: nobody was killed, none landed, no tank was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.classes import class_of
from newspan.annotations.propose.numbers.counting import Head, counted_head
from newspan.annotations.propose.numbers.governors import OBJECT, SUBJECT, governors
from newspan.annotations.propose.numbers.happenings import happening_ahead, happening_at
from newspan.annotations.propose.numbers.lexemes import FIGURE
from newspan.annotations.propose.numbers.lexicon import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newspan.annotations.propose.numbers.site import Site

__all__ = ["happened_to_nobody", "happened_to_none", "is_nobody"]

_COUNTED = (
    "person", "soldier", "child", "animal", "vehicle", "aircraft", "vessel", "missile", "drone",
    "weapon", "building", "place",
)  # fmt: skip

_NEAR = 8
"""Lexemes between a figure and the "none" that answers it."""


def is_nobody(site: Site) -> bool:
    """Whether the number is "nobody" or "no one", which counts persons by itself."""
    return site.lexemes[site.phrase.last - 1].word in word_set("determiners", "nobody") and (
        site.phrase.quantity.value == "0"
    )


def happened_to_nobody(site: Site) -> str | None:
    """What is said to have happened to nobody; None where it is nothing that is counted."""
    return _happened(site.token, "person", site, site.next)


def happened_to_none(site: Site, head: Head | None) -> str | None:
    """The same for "none" and for "no" with a noun of a thing that is counted."""
    if head is None:
        if _answers_figure(site):
            return "other"
        if site.token.dep_ not in ("nsubj", "nsubjpass"):
            return None
        whole = counted_head(site) if site.word(0) == "of" else None
        if isinstance(whole, Head):  # none of the boats
            return _happened(site.token, class_of(whole), site, None)
        return _happened(site.token, None, site, site.next)
    kind = class_of(head)
    if kind not in _COUNTED and head.noun.lemma_.lower() not in word_set("determiners", "cases"):
        return None
    end = head.last.idx + len(head.last.text)
    return _happened(head.noun, kind, site, site.tokens.after(end))


def _answers_figure(site: Site) -> bool:
    """Whether "none" ends its clause soon after a figure: not 40 but none; 14 here, there none."""
    if site.word(0) not in (".", ",", ";"):
        return False
    words = word_set("words", "cardinals")
    return any(site.kind(k) == FIGURE or site.word(k) in words for k in range(-_NEAR, 0))


def _happened(node: Token, kind: str | None, site: Site, after: Token | None) -> str | None:
    found = happening_at(node, kind, site.phrase.start) or happening_ahead(after, kind)
    return found or ("other" if _is_found(node, site.phrase.start) else None)


def _is_found(node: Token, start: int) -> bool:
    """Whether a verb of finding, recording or using has the noun as its object."""
    for verb, role in governors(node, start):
        lemma = verb.lemma_.lower()
        if role == OBJECT and verb.tag_ == "VBN" and lemma in word_set("determiners", "found"):
            return True
        if role == SUBJECT and lemma in word_set("determiners", "landed"):
            return True
    return False
