"""Speakers: who the subject of a cue is, and where a reporting clause begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.quotes.names import looks_like_a_name
from newspan.annotations.propose.quotes.shapes import NOUNS, SUBJECTS, agent_of, object_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newspan.annotations.propose.quotes.cues import Cue

__all__ = ["opening_of", "speakers_of", "subject_of"]

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_ACCUSATIVE = frozenset({"me", "him", "her", "us", "them"})


def subject_of(verb: Token) -> Token | None:
    """The subject, its own or that of the verb it is joined to."""
    for _ in range(6):
        subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
        own = _nearest(subjects, verb)
        if own is not None:
            return _antecedent(own, verb)
        head = verb.head
        if verb.dep_ in ("acl", "relcl") and head.pos_ in NOUNS:
            return head
        if verb.dep_ == "pcomp" and head.lower_ == "as" and _is_quoted_in(head.head):
            return next((c for c in head.head.rights if c.dep_ in ("dobj", "nsubj")), None)
        if verb.dep_ == "pcomp" and head.head.pos_ in ("VERB", "AUX"):
            head = head.head  # "was quoted as saying"
        elif verb.dep_ not in ("conj", "xcomp", "advcl"):
            return None
        if head == verb or head.pos_ not in ("VERB", "AUX"):
            return None
        verb = head
    return None


def _nearest(subjects: list[Token], verb: Token) -> Token | None:
    """The first, or where a comma parts two before the verb, the second: "The ice, Varn wrote"."""
    if len(subjects) > 1 and subjects[1].i < verb.i:
        between = verb.doc[subjects[0].i : subjects[1].i]
        return subjects[1] if any(token.text == "," for token in between) else subjects[0]
    return subjects[0] if subjects else None


def _is_quoted_in(verb: Token) -> bool:
    """Whether it is the active in "quoted an officer as saying"."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return verb.lemma_.lower() in ("quote", "cite") and not passive and verb.tag_ != "VBN"


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return subject


def speakers_of(cue: Cue) -> list[Token]:
    """Heads of those who speak, coordinated ones each by itself; empty if none is found."""
    head: Token | None
    if cue.leader is not None:
        return speakers_of(cue.leader)
    if cue.is_according:
        head = object_of(cue.verb.nbor())
    elif cue.passive:
        head = agent_of(cue.verb)
    else:
        head = (
            _own_subject(cue)
            or _just_before(cue)
            or _inverted(cue)
            or _before_comma(cue)
            or _opening_noun(cue)
        )
    if head is None or (head.pos_ not in NOUNS | {"DET", "NUM"} and not looks_like_a_name(head)):
        return []
    return [one for one in (head, *_coordinated(head)) if one.idx >= cue.body]


def _own_subject(cue: Cue) -> Token | None:
    subject = subject_of(cue.verb)
    if subject is None:
        return None
    if subject.idx < cue.body:  # the parser joined a dateline to the subject
        return next((one for one in _coordinated(subject) if one.idx >= cue.body), None)
    inside = cue.has_in_scope(subject) or cue.has_in_scope(subject.left_edge)
    return subject if inside else None


def _inverted(cue: Cue) -> Token | None:
    """The noun right after the cue, where the parser saw no subject: "said Varn"."""
    doc = cue.verb.doc
    if cue.last >= len(doc) or doc[cue.last].is_punct or doc[cue.last].is_space:
        return None
    for child in cue.verb.children:
        if child.left_edge.i == cue.last and child.pos_ in NOUNS:
            taken = child.lower_ in _ACCUSATIVE or (child.lower_ == "it" and child.dep_ == "dobj")
            return None if taken else child
    return None


def _just_before(cue: Cue) -> Token | None:
    """The noun right before the cue, where the parser saw no subject there."""
    at = cue.first - 1
    if at < 0 or cue.verb.tag_ == "VBG" or cue.verb.dep_ in ("conj", "relcl", "xcomp"):
        return None
    noun = cue.verb.doc[at]
    if noun.ent_type_ in ("DATE", "TIME") or not (noun.pos_ in NOUNS or looks_like_a_name(noun)):
        return None
    return _top_of(noun)


def _before_comma(cue: Cue) -> Token | None:
    """The apposed name before a comma and the cue: "the minister, Mate Lusic, said"."""
    at = cue.first - 2
    if at < 0 or cue.verb.doc[at + 1].text != "," or cue.verb.tag_ == "VBG":
        return None
    noun = cue.verb.doc[at]
    return noun if noun.pos_ == "PROPN" and noun.dep_ == "appos" else None


def _opening_noun(cue: Cue) -> Token | None:
    """The name that opens the sentence before a comma: "Varn, on television, called …"."""
    doc, at = cue.verb.doc, cue.first - 1
    opening = cue.verb.sent[0]
    if at < 1 or doc[at].text != "," or opening.i > at or cue.verb.tag_ == "VBG":
        return None
    while opening.i < at and doc[opening.i + 1].text != "," and doc[opening.i + 1].is_title:
        opening = doc[opening.i + 1]
    named = opening.pos_ == "PROPN" or looks_like_a_name(opening)
    return opening if named and doc[opening.i + 1].text == "," else None


def _top_of(noun: Token) -> Token | None:
    """The noun that a phrase of "of" and the like hangs on."""
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.i < noun.i:
        if noun.head.head.pos_ not in NOUNS:
            return None
        noun = noun.head.head
    return noun


def _coordinated(head: Token) -> list[Token]:
    found, at = [], head
    for _ in range(6):
        following = next((c for c in at.children if c.dep_ == "conj" and c.i > at.i), None)
        if not any(c.dep_ == "cc" or c.text == "," for c in at.rights):
            break
        if following is None or following.pos_ not in ("NOUN", "PROPN", "PRON"):
            break
        found.append(following)
        at = following
    return found


def opening_of(cue: Cue, barrier: int) -> int | None:
    """Offset of the first word of a subject that stands before the cue, after the barrier."""
    if cue.is_according or cue.leader is not None:
        return None
    subject = _own_subject(cue)
    if subject is None:
        subject = _just_before(cue) or _before_comma(cue)
        for _ in range(3):
            outer = subject.head if subject is not None else None
            if subject is None or outer is None or subject.dep_ != "appos" or outer.dep_ != "appos":
                break
            subject = outer
    if subject is None or subject.i >= cue.first or subject.idx < barrier:
        return None
    governor = cue.verb.head.head if cue.is_quoted else cue.verb
    if subject.dep_ in ("nsubj", "nsubjpass") and subject.head != governor:
        return None
    return int(subject.left_edge.idx)
