"""What governs a noun in the tree of its sentence: verbs, and nouns of which it is part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.lexicon import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "FARTHEST", "NOUN", "OBJECT", "SUBJECT", "governors",
    "says_again", "says_nothing", "shares_verb",
]  # fmt: skip

FARTHEST = 6
"""Steps up the tree from a noun to what is said of it."""
SUBJECT, OBJECT, NOUN = "subject_of", "object_of", "of_noun"
"""The role of a noun beside what governs it; names of lists in happenings.yaml."""
_LIKE_ITS_HEAD = (
    "conj", "appos", "nummod", "quantmod", "compound", "amod", "npadvmod", "nmod",
)  # fmt: skip


def governors(node: Token, start: int) -> Iterator[tuple[Token, str]]:
    """The verbs that say something of a noun, with its role; nouns of which it is part."""
    for _ in range(FARTHEST):
        head, dep = node.head, node.dep_
        if head.i == node.i:
            return
        if dep == "npadvmod" and head.pos_ == "VERB" and head.i < node.i:
            dep = "dobj"  # a common slip of parsers
        if dep in _LIKE_ITS_HEAD or (dep == "pobj" and _is_listed(head)):
            node = head.head if dep == "pobj" else head
            if dep == "pobj":
                yield from _of_preposition(head)
            continue
        yield from _said_of(node, head, dep, start)
        return


def _said_of(node: Token, head: Token, dep: str, start: int) -> Iterator[tuple[Token, str]]:
    """What the head of a noun says of it."""
    if head.dep_ in ("aux", "auxpass"):
        head = head.head
    if dep in ("nsubj", "nsubjpass"):
        yield from _of_subject(head, passive=dep == "nsubjpass")
    elif dep in ("dobj", "oprd", "dative"):
        yield head, OBJECT
        yield from ((c, OBJECT) for c in head.children if c.dep_ == "oprd" and c.i != node.i)
    elif dep == "pobj" and head.idx >= start:  # "between" and "over" of the number itself
        below = node.i < head.head.i
        yield from _of_subject(head.head, passive=False) if below else [(head.head, OBJECT)]
    elif dep == "pobj":
        yield from _of_preposition(head)
    elif dep == "attr":
        yield from _tolls(head)


def _is_listed(preposition: Token) -> bool:
    """Whether a preposition makes its noun one of those before it."""
    above = preposition.head.pos_ in ("NOUN", "PROPN", "NUM")
    return above and preposition.lower_ in ("including", "among", "of")


def _of_subject(verb: Token, *, passive: bool) -> Iterator[tuple[Token, str]]:
    """The verb of a subject and those that hang on it: are believed to have been killed."""
    for _ in range(3):
        passive = passive or _is_participle(verb)
        yield verb, OBJECT if passive else SUBJECT
        below = [c for c in verb.children if c.dep_ in ("xcomp", "acomp", "oprd", "attr", "ccomp")]
        if not below or (
            below[0].dep_ == "ccomp" and any(c.dep_ == "nsubj" for c in below[0].children)
        ):
            return
        verb = below[0]
        passive = any(child.dep_ == "auxpass" for child in verb.children)


def _is_participle(verb: Token) -> bool:
    """Whether it is a participle without an object of its own, and no perfect."""
    if verb.tag_ != "VBN":
        return False
    has = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    been = any(c.dep_ == "auxpass" for c in verb.children)
    return not any(c.dep_ == "dobj" for c in verb.children) and (been or not has)


def _of_preposition(preposition: Token) -> Iterator[tuple[Token, str]]:
    above = preposition.head
    if preposition.lower_ == "of" and above.pos_ in ("NOUN", "PROPN"):
        yield above, NOUN
    elif preposition.lower_ in ("including", "among", "with") and above.pos_ in ("VERB", "AUX"):
        for child in above.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                yield from _of_subject(above, passive=child.dep_ == "nsubjpass")
                return
        yield above, OBJECT
    elif preposition.lower_ == "from" and above.lemma_ == "evacuate":
        yield above, OBJECT
    elif above.pos_ in ("VERB", "AUX"):
        yield from _tolls(above)


def _tolls(verb: Token) -> Iterator[tuple[Token, str]]:
    """The toll or the dead that a verb puts at a number."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.lemma_.lower() in (
            "toll",
            "dead",
        ):
            yield child, NOUN if child.lemma_.lower() == "toll" else SUBJECT


def shares_verb(node: Token, other: Token) -> bool:
    """Whether one verb governs both, as in 400 were arrested in May, in June 350."""
    verb = _verb_over(node)
    return verb is not None and node.dep_ != "nsubj" and verb == _verb_over(other)


def _verb_over(node: Token) -> Token | None:
    for _ in range(FARTHEST):
        if node.pos_ == "VERB":
            return node
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def says_nothing(node: Token) -> bool:
    """Whether a part has no verb of its own, or one that only gives the figure."""
    verb = node.head
    if node.dep_ not in ("nsubj", "nsubjpass") or verb.pos_ not in ("VERB", "AUX"):
        return True
    return verb.lemma_.lower() in word_set("happenings", "saying")


def says_again(node: Token) -> bool:
    """Whether the verb above an ellipsis only gives the figure, or there is none."""
    for _ in range(FARTHEST):
        if node.pos_ in ("VERB", "AUX"):
            return node.lemma_.lower() in word_set("happenings", "saying")
        if node.head.i == node.i:
            return True
        node = node.head
    return False
