"""Whether what is counted is said to be so, planned, possible or not so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.lexicon import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["factuality_at"]

_FARTHEST = 12
"""Steps up the tree from a number to the verbs that may speak of the future."""
_OWN_CLAUSE = ("ccomp", "relcl", "advcl", "ROOT", "parataxis", "csubj")


def factuality_at(node: Token, first: Token) -> str:
    """Planned, possible, negated or actual, by the verbs above the noun or number.

    `first` is the first token of the number, before which a "not" would stand.
    """
    before = [token.lower_ for token in first.doc[max(0, first.i - 2) : first.i]]
    if before[-1:] == ["not"] and before != ["if", "not"]:
        return "negated"
    token = node
    for _ in range(_FARTHEST):
        if token.pos_ in ("VERB", "AUX"):
            found = _of_auxiliaries(token) or _of_governor(token)
            if found is not None:
                return found
            if token.dep_ in _OWN_CLAUSE:
                return "actual"
        elif token.dep_ == "dobj" and (found := _of_object(token.head)) is not None:
            return found
        if token.head.i == token.i:
            return "actual"
        token = token.head
    return "actual"


def _of_object(verb: Token) -> str | None:
    """Wanted ten days, is offering 90,000 euros."""
    lemma = verb.lemma_.lower()
    if lemma in word_set("happenings", "wanting"):
        return "possible"
    return "planned" if lemma in word_set("happenings", "offering") else None


def _of_governor(verb: Token) -> str | None:
    """Promised to release, is believed to be."""
    above = verb.head
    if verb.dep_ not in ("xcomp", "acl") or verb.tag_ != "VB" or above.i == verb.i:
        return None
    if not any(child.tag_ == "TO" for child in verb.children):
        return None
    lemma = above.lemma_.lower()
    if any(child.lower_ == "have" and child.dep_ == "aux" for child in verb.children):
        return None  # is supposed to have fled
    if lemma in word_set("happenings", "planning"):
        return None if lemma == "go" and above.tag_ != "VBG" else "planned"
    return "possible" if lemma in word_set("happenings", "possible_heads") else None


def _of_auxiliaries(verb: Token) -> str | None:
    helps = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if helps & word_set("happenings", "planned"):
        return "planned"
    if helps & word_set("happenings", "possible"):
        return "possible"
    if helps & word_set("happenings", "would"):
        reported = verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN")
        return "planned" if reported and "have" not in helps else "possible"
    if verb.dep_ == "advcl" and verb.left_edge.lower_ == "had":
        return "possible"  # had it happened later
    if any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children):
        return "possible"
    return None
