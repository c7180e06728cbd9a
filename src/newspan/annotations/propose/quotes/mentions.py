"""The words that mention a speaker: a name, a nominal or a pronoun (A2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newspan.annotations.propose.quotes.lexicon import (
    document_nouns,
    mention_words,
    reporting_verbs,
)
from newspan.annotations.propose.quotes.shapes import agent_of, object_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["Mention", "MentionKind", "looks_like_a_name", "mention_of"]

MentionKind = Literal["name", "nominal", "pronoun"]

_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"})
_AFTER_NOUN = frozenset({"prep", "acl", "relcl", "amod", "advmod"})
_ARTICLES = frozenset({"the", "a", "an", "both", "either"})
_RESTRICTIVE = frozenset(
    {
        "det", "poss", "compound", "amod", "nummod", "nmod", "prep", "acl", "relcl", "case",
        "quantmod", "advmod", "neg", "pobj", "predet",
    }
)  # fmt: skip
_LIKE_PRONOUNS = frozenset({"one", "another", "others", "some", "many", "both", "several"})
_IN_NAMES = frozenset({"-", "–", "&", "al", "de", "la", "bin", "ben"})
_NEAR = 200
"""How many tokens back a name is looked for."""

_POSSESSIVE = frozenset({"’s", "'s", "’", "'"})


@dataclass(frozen=True, slots=True)
class Mention:
    """The stretch that mentions a speaker, and its head."""

    start: int
    end: int
    kind: MentionKind
    head: Token


def looks_like_a_name(token: Token) -> bool:
    """Whether a capitalised word that the tagger took for something else may be a name."""
    known = token.is_stop or token.lower_.endswith("ly") or token.lower_ in known_nouns()
    return token.text[:1].isupper() and token.is_alpha and not known


def mention_of(head: Token) -> Mention:
    """The words that mention the speaker: a name, else a nominal, else a pronoun (A2)."""
    if head.lower_ in document_nouns() or head.lemma_.lower() in document_nouns():
        head = _issuer(head) or head
    alone = head.pos_ in ("PRON", "DET") or head.lower_ in _LIKE_PRONOUNS
    if alone and not list(head.rights):
        return Mention(head.idx, head.idx + len(head), "pronoun", head)
    if not _is_name(head) or head.lower_ in mention_words("titles"):
        name = _apposed_name(head)
        if name is None and not _is_name(head):
            return _nominal(head)
        head = name or head
    return _name(head)


def _issuer(noun: Token) -> Token | None:
    """Who issued it: "an ISAF statement", "a letter from the guild", "the guild sent a letter"."""
    named = _named_issuer(noun)
    verb = noun.head
    issued = noun.dep_ == "dobj" and verb.lemma_.lower() in mention_words("issuing")
    if noun.dep_ == "pobj" and verb.lower_ == "in":
        verb = verb.head  # "the guild said in a statement which added …"
        issued = verb.lemma_.lower() in reporting_verbs()
    if named is not None or not issued:
        return named
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _named_issuer(noun: Token) -> Token | None:
    """Whose statement or report it is: "an ISAF statement", "a letter from the guild"."""
    for child in noun.children:
        if child.dep_ in ("poss", "compound") and child.pos_ == "PROPN":
            return child
        if child.dep_ == "prep" and child.lower_ in ("from", "by", "of"):
            issuer = object_of(child)
            if issuer is not None and issuer.pos_ in ("PROPN", "NOUN") and child.lower_ != "of":
                return issuer
        if child.dep_ == "acl" and child.tag_ == "VBN":
            agent = agent_of(child)
            if agent is not None:
                return agent
    return None


def _apposed_name(noun: Token) -> Token | None:
    """The name in "its operator, Velsa Granaria" or "the agency Fjordpost"."""
    for child in noun.children:
        if child.dep_ == "appos" and _is_name(child):
            return child
    last = noun.right_edge
    if last.ent_type_ == "PERSON" and last.i > noun.i and _is_name(last):
        first = last
        while first.i > noun.i + 1 and first.nbor(-1).ent_type_ == "PERSON":
            first = first.nbor(-1)
        if first != last and first.nbor(-1).pos_ in ("NOUN", "PROPN", "ADJ", "ADV"):
            return last
    return None


def _is_name(token: Token) -> bool:
    if token.i > 1 and token.nbor(-1).text == "-" and token.text[:1].islower():
        first = token.nbor(-2)
        return first.text[:1].isupper() and "PROPN" in (first.pos_, token.pos_)
    if token.is_lower or not token.text[:1].isalpha():
        return False
    if token.pos_ == "PROPN" or (token.ent_type_ in _NAMES and not token.is_sent_start):
        return True
    if token.tag_ == "NNS":
        if token.lower_ in known_nouns():
            return False
        near = token.doc[max(0, token.i - _NEAR) : token.i]
        return any(one.text == token.text and one.pos_ == "PROPN" for one in near)
    bare = token.pos_ != "PRON" and not any(c.dep_ in ("det", "poss") for c in token.lefts)
    return bare and bool(token.is_sent_start) and looks_like_a_name(token)


def known_nouns() -> frozenset[str]:
    known = mention_words("collective") | mention_words("bodies") | mention_words("unnamed")
    return known | frozenset(document_nouns())


def _name(head: Token) -> Mention:
    """A name without title, article, possessor or apposition."""
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
    return Mention(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]), "name", head)


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
    return small or token.lower_ in _ARTICLES or (token.is_punct and token.lower_ not in _IN_NAMES)


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


def _nominal(head: Token) -> Mention:
    """A noun phrase with its restrictive modifiers, without the leading article."""
    doc = head.doc
    first, last = head.i, head.i + 1
    for child in head.lefts:
        if child.dep_ in _RESTRICTIVE and not child.is_punct:
            first = min(first, child.left_edge.i)
    while first < head.i and (doc[first].lower_ in _ARTICLES or doc[first].is_punct):
        first += 1
    for child in head.rights:
        if child.dep_ not in _AFTER_NOUN or child.left_edge.i != last:
            break
        said = child.dep_ == "acl" or head.lemma_.lower() in document_nouns()
        if said and child.lemma_.lower() in reporting_verbs():
            break
        last = _to_comma(doc, last, child.right_edge.i + 1)
        if last <= child.right_edge.i:
            break
    pronoun = head.pos_ in ("PRON", "DET") or head.lower_ in _LIKE_PRONOUNS
    kind: MentionKind = "pronoun" if pronoun else "nominal"
    if kind == "nominal" and _is_named_body(head):
        kind = "name"
    return Mention(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]), kind, head)


def _to_comma(doc: Doc, first: int, last: int) -> int:
    for number in range(first, last):
        token = doc[number]
        if token.lower_ in (",", "(", "—", "–", ":", ";") or token.is_space or token.is_quote:
            return number
    return last


def _is_named_body(head: Token) -> bool:
    """Whether a body has only a descriptive name: "Ledora's coast patrols"."""
    if head.lower_ not in mention_words("bodies") or head.tag_ in ("NNS", "NNPS"):
        return False
    return any(
        (token.text[:1].isupper() and not (token.is_sent_start or token.lower_ in _ARTICLES))
        or token.pos_ == "PROPN"
        for token in head.doc[head.left_edge.i : head.i]
    )
