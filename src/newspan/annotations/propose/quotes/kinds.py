"""How a report gives a speaker: by name, as somebody unnamed, as several people, or not at all."""

from __future__ import annotations

from newspan.annotations.propose.quotes.lexicon import document_nouns, mention_words
from newspan.annotations.propose.quotes.mentions import Mention

__all__ = ["speaker_kind"]

_PLURAL = frozenset({"NNS", "NNPS"})
_MANY = frozenset({"they", "them", "some", "many", "others", "both", "these", "those", "several"})
_OWN = frozenset({"my", "his", "her", "their", "our"})
_UNNAMED_BODIES = frozenset({"authorities", "police"})
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "somebody", "someone"})


def speaker_kind(mentions: list[Mention], before: list[tuple[Mention, str]]) -> str:
    """named, anonymous, collective or implicit (Q5a).

    `before` has the speakers so far: a pronoun or "the officer" takes up one of them.
    """
    if not mentions:
        return "implicit"
    kinds = [_kind(mention, before) for mention in mentions]
    return "named" if "named" in kinds else kinds[0]


def _kind(mention: Mention, before: list[tuple[Mention, str]]) -> str:
    if mention.kind == "name":
        return "named"
    head = mention.head
    lemma = head.lemma_.lower()
    if mention.kind == "pronoun":
        return _of_pronoun(head.lower_, before)
    if head.lower_ in mention_words("bodies") and head.lower_ not in _UNNAMED_BODIES:
        return "named"
    if head.tag_ in _PLURAL or lemma in ("police", "media", "people"):
        return "collective"
    determiners = {child.lower_ for child in head.lefts if child.dep_ in ("det", "nummod", "poss")}
    if determiners & (_INDEFINITE | _OWN) or lemma in document_nouns():
        return "anonymous"
    if lemma in mention_words("unnamed"):
        return before[-1][1] if before and "the" in determiners else "anonymous"
    return "named"


def _of_pronoun(word: str, before: list[tuple[Mention, str]]) -> str:
    if word in _MANY:
        earlier = before[-1] if before else None
        taken_up = earlier is not None and earlier[0].head.tag_ in _PLURAL
        return earlier[1] if earlier is not None and taken_up else "collective"
    if word in ("somebody", "someone", "one", "another"):
        return "anonymous"
    for _mention, kind in reversed(before[-4:]):
        if kind in ("named", "anonymous"):
            return kind
    return "named"
