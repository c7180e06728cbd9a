"""Names: what is one, and where it begins and ends (A2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.quotes.lexicon import document_nouns, mention_words
from newspan.annotations.propose.quotes.shapes import ARTICLES, object_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["is_name", "looks_like_a_name", "name_bounds"]

_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"})
_IN_NAMES = frozenset({"-", "–", "&", "al", "de", "la", "bin", "ben"})
_POSSESSIVE = frozenset({"’s", "'s", "’", "'"})
_NEAR = 200
"""How many tokens back a name is looked for."""


def looks_like_a_name(token: Token) -> bool:
    """Whether a capitalised word that the tagger took for something else may be a name."""
    known = token.is_stop or token.lower_.endswith("ly") or token.lower_ in _known_nouns()
    return token.text[:1].isupper() and token.is_alpha and not known


def is_name(token: Token) -> bool:
    """Whether the token ends a name, also where the tagger does not see it."""
    if token.i > 1 and token.nbor(-1).text == "-" and token.text[:1].islower():
        first = token.nbor(-2)
        return first.text[:1].isupper() and "PROPN" in (first.pos_, token.pos_)
    if token.is_lower or not token.text[:1].isalpha():
        return False
    if token.pos_ == "PROPN" or (token.ent_type_ in _NAMES and not token.is_sent_start):
        return True
    if token.tag_ == "NNS":
        if token.lower_ in _known_nouns():
            return False
        near = token.doc[max(0, token.i - _NEAR) : token.i]
        return any(one.text == token.text and one.pos_ == "PROPN" for one in near)
    bare = token.pos_ != "PRON" and not any(c.dep_ in ("det", "poss") for c in token.lefts)
    return bare and bool(token.is_sent_start) and looks_like_a_name(token)


def _known_nouns() -> frozenset[str]:
    known = mention_words("collective") | mention_words("bodies") | mention_words("unnamed")
    return known | frozenset(document_nouns())


def name_bounds(head: Token) -> tuple[int, int]:
    """First token of the name and the one after it: no title, article or possessor."""
    doc = head.doc
    start, last = _entity(head)
    first = head.i
    while first > 0 and _belongs(doc[first - 1], doc[first], head):
        first -= 1
    first, last = min(first, start), max(last, _with_of(doc, head.i + 1, head))
    for number in range(first, head.i):
        if doc[number].lower_ in _POSSESSIVE:
            first = number + 1
    while first < head.i and _is_no_name(doc[first]):
        first += 1
    organisation = head.ent_type_ == "ORG" and start == first and start < head.i
    general = organisation and doc[first].lower_ == "general"
    if head.lower_ not in mention_words("bodies") and not general:
        first += _title_length(doc[first : head.i + 1])
    while last - 1 > head.i and doc[last - 1].lower_ in _POSSESSIVE | {",", "."}:
        last -= 1
    return first, last


def _entity(head: Token) -> tuple[int, int]:
    """First token of the entity that the head is in, and the one after it; else the head."""
    first, last = head.i, head.i + 1
    if head.ent_type_ in _NAMES:
        doc = head.doc
        while first > 0 and doc[first].ent_iob_ == "I":
            first -= 1
        while last < len(doc) and doc[last].ent_iob_ == "I":
            last += 1
    return first, last


def _is_no_name(token: Token) -> bool:
    small = token.is_lower and token.lower_ not in _IN_NAMES
    return small or token.lower_ in ARTICLES or (token.is_punct and token.lower_ not in _IN_NAMES)


def _title_length(name: Span) -> int:
    """How many tokens at the beginning are a title: up to its last word and what is of it."""
    titles, parts = mention_words("titles"), mention_words("title_parts")
    count = 0
    for number, token in enumerate(name[:-1]):
        if token.lower_ in titles:
            count = number + 1
    while 0 < count < len(name) - 1 and (
        name[count].lower_ in parts or name[count].lower_ in ("of", "for", "and", "the", "-")
    ):
        count += 1
    return count


def _belongs(left: Token, right: Token, head: Token) -> bool:
    """Whether the token to the left is part of the name that the head ends."""
    if left.is_space or (left.is_punct and left.lower_ not in ("-", "–", "&")):
        return False
    if left.i < head.left_edge.i and not (
        left.pos_ == "PROPN" and left.ent_type_ == head.ent_type_
    ):
        return False
    if left.lower_ in _IN_NAMES | {"of", "for", "and", "the"}:
        return right != head or left.lower_ in _IN_NAMES
    return bool(left.pos_ == "PROPN" or left.is_title or left.is_upper) and not left.is_punct


def _with_of(doc: Doc, last: int, head: Token) -> int:
    """The end of the name where "of" and another name go on with it, as in an institution's."""
    if head.ent_type_ == "PERSON":
        return last
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for") and child.i == last:
            noun = object_of(child)
            if noun is not None and noun.pos_ == "PROPN":
                return max(last, _last_capital(doc, noun))
    return last


def _last_capital(doc: Doc, noun: Token) -> int:
    """After the last capitalised word of what "of" introduces, "and" between such included."""
    last = noun.i + 1
    while last < noun.right_edge.i + 1:
        token = doc[last]
        if token.text[:1].isupper() and not token.is_punct:
            last += 1
        elif token.lower_ in ("and", "of") and doc[last + 1].text[:1].isupper():
            last += 2
        else:
            break
    return int(last)
