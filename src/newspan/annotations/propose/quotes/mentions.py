"""The words that mention a speaker: a name, a nominal or a pronoun (A2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newspan.annotations.propose.quotes.lexicon import (
    document_nouns,
    mention_words,
    reporting_verbs,
)
from newspan.annotations.propose.quotes.names import is_name, name_bounds
from newspan.annotations.propose.quotes.shapes import ARTICLES, agent_of, object_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Mention", "MentionKind", "mention_of"]

MentionKind = Literal["name", "nominal", "pronoun"]

_AFTER_NOUN = frozenset({"prep", "acl", "relcl", "amod", "advmod"})
_RESTRICTIVE = frozenset(
    {
        "det", "poss", "compound", "amod", "nummod", "nmod", "prep", "acl", "relcl", "case",
        "quantmod", "advmod", "neg", "pobj", "predet",
    }
)  # fmt: skip
_LIKE_PRONOUNS = frozenset({"one", "another", "others", "some", "many", "both", "several"})


@dataclass(frozen=True, slots=True)
class Mention:
    """The stretch that mentions a speaker, and its head."""

    start: int
    end: int
    kind: MentionKind
    head: Token


def mention_of(head: Token) -> Mention:
    """The words that mention the speaker: a name, else a nominal, else a pronoun (A2)."""
    if head.lower_ in document_nouns() or head.lemma_.lower() in document_nouns():
        head = _issuer(head) or head
    alone = head.pos_ in ("PRON", "DET") or head.lower_ in _LIKE_PRONOUNS
    if alone and not list(head.rights):
        return Mention(head.idx, head.idx + len(head), "pronoun", head)
    if not is_name(head) or head.lower_ in mention_words("titles"):
        name = _apposed_name(head)
        if name is None and not is_name(head):
            return _nominal(head)
        head = name or head
    return _mention(head, *name_bounds(head), "name")


def _mention(head: Token, first: int, last: int, kind: MentionKind) -> Mention:
    """The mention that the tokens from the first to before the last are."""
    end = head.doc[last - 1]
    return Mention(head.doc[first].idx, end.idx + len(end), kind, head)


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
        if child.dep_ == "appos" and is_name(child):
            return child
    last = noun.right_edge
    if last.ent_type_ == "PERSON" and last.i > noun.i and is_name(last):
        first = last
        while first.i > noun.i + 1 and first.nbor(-1).ent_type_ == "PERSON":
            first = first.nbor(-1)
        if first != last and first.nbor(-1).pos_ in ("NOUN", "PROPN", "ADJ", "ADV"):
            return last
    return None


def _nominal(head: Token) -> Mention:
    """A noun phrase with its restrictive modifiers, without the leading article."""
    doc = head.doc
    first, last = head.i, head.i + 1
    for child in head.lefts:
        if child.dep_ in _RESTRICTIVE and not child.is_punct:
            first = min(first, child.left_edge.i)
    while first < head.i and (doc[first].lower_ in ARTICLES or doc[first].is_punct):
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
    return _mention(head, first, last, kind)


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
        (token.text[:1].isupper() and not (token.is_sent_start or token.lower_ in ARTICLES))
        or token.pos_ == "PROPN"
        for token in head.doc[head.left_edge.i : head.i]
    )
