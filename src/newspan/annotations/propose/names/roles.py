"""What a name of a place is in its sentence: the place itself, or those in charge of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newspan.annotations.propose.draft import Proposal
from newspan.annotations.propose.names.gazetteer import gazetteer
from newspan.annotations.propose.names.kinds import actor_type, place_kind
from newspan.annotations.propose.names.lexicon import words
from newspan.annotations.propose.names.mentions import ACTOR, Mention, in_dateline

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["acting_place", "name_proposal"]

_COORDINATED = ("conj", "appos")
_NO_ACTORS = frozenset({"natural", "facility", "district"})


def name_proposal(mention: Mention, speaks: bool) -> Proposal:
    """The actor or location that a name is. `speaks`: something is said by it."""
    layer, attributes = _role(mention, speaks)
    span = mention.span
    return Proposal(layer, ((span.start_char, span.end_char),), attributes, _score(mention))


def _score(mention: Mention) -> float:
    """How often such names were right in the texts that the rules were made on."""
    known = gazetteer()
    if mention.nested:
        return 0.8
    if mention.text in known.places or mention.text in known.bodies:
        return 0.95
    return 0.7 if mention.label is None else 0.87


def _role(mention: Mention, speaks: bool) -> tuple[str, dict[str, Any]]:
    span = mention.span
    if mention.sort == ACTOR:
        attributes: dict[str, Any] = {"type": actor_type(mention.text, mention.label)}
        if mention.title is not None:
            attributes["title"] = mention.title
        return "actor", attributes
    if mention.text in gazetteer().houses:
        if speaks or not _is_where(span.root):
            speaking = {"type": "government_body", "metonymy": "building_for_institution"}
            return "actor", speaking
        return "location", {"kind": "facility"} | _usage(span)
    kind = place_kind(mention.text, "COUNTRY" if mention.country else mention.label)
    still = mention.nested or kind in _NO_ACTORS or in_dateline(span)
    if speaks or (not still and _acts(span)):
        return "actor", acting_place(mention.text, kind)
    return "location", {"kind": kind} | _usage(span, mention.nested)


def acting_place(name: str, kind: str) -> dict[str, Any]:
    """The attributes of the actor that a place stands for (guideline A4)."""
    if name in gazetteer().capitals and name not in ("Singapore", "Monaco", "Luxembourg"):
        return {"type": "state", "metonymy": "capital_for_government"}
    if kind in ("country", "city") and gazetteer().places.get(name) in (None, "country"):
        return {"type": "state"}  # an unknown place that acts is a country more often than not
    return {"type": "government_body", "metonymy": "place_for_government"}


def _usage(span: Span, nested: bool = False) -> dict[str, Any]:
    if in_dateline(span) and not nested:
        return {"dateline": True}
    root = span.root
    if nested or root.dep_ in ("poss", "compound", "nmod", "amod"):
        return {"usage": "associative"}
    follows = span.doc[span.end] if span.end < len(span.doc) else None
    if follows is not None and follows.text in ("'s", "’s"):
        return {"usage": "associative"}
    return {}


def _acts(span: Span) -> bool:
    root = _first_of_list(span.root)
    head = root.head
    if root.dep_ == "nsubj":
        return head.pos_ in ("VERB", "AUX") and not _is_still(head)
    if root.dep_ == "nsubjpass":
        return _lemma_in(head, "addressed")
    if root.dep_ == "dobj":
        return _lemma_in(head, "addressed")
    if root.dep_ == "poss":
        return _lemma_in(head, "deeds")
    if root.dep_ == "pobj":
        return _is_party(root)
    return False


def _is_still(verb: Token) -> bool:
    """Whether the verb says what a place is, not what it does."""
    if not _lemma_in(verb, "still"):
        return False
    # "is ready to", "has agreed": an adjective or a clause of will makes it an actor again.
    return not any(
        child.dep_ == "acomp" and child.lemma_ in ("ready", "willing", "able", "determined")
        for child in verb.children
    )


def _is_party(root: Token) -> bool:
    """Whether a preposition names a party: "talks with Ledora", "annexed by Karvonia"."""
    prep = root.head
    if prep.dep_ == "agent":
        return True
    governor = prep.head
    if prep.lower_ in words("acting.yaml", "parties"):
        return _lemma_in(governor, "dealing") or prep.lower_ == "against"
    if prep.lower_ == "on":
        return _lemma_in(governor, "bearing")
    return prep.lower_ in ("from", "to", "by") and _lemma_in(governor, "dealing")


def _first_of_list(token: Token) -> Token:
    """The first of coordinated names, whose place in the sentence is that of all."""
    seen = 0
    while token.dep_ in _COORDINATED and token.head.pos_ == "PROPN" and seen < 12:
        token = token.head
        seen += 1
    return token


def _is_where(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "outside", "near", "from")


def _lemma_in(token: Token, key: str) -> bool:
    return token.lemma_.lower() in words("acting.yaml", key)
