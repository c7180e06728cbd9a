"""Where a quote was said, and the medium that carried it: only what the sentence tells (Q8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.quotes.lexicon import (
    channel_words,
    document_nouns,
    mention_words,
)
from newspan.annotations.propose.quotes.mentions import Mention, mention_of
from newspan.annotations.propose.quotes.shapes import object_of
from newspan.annotations.propose.tokens import tokens_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from newspan.annotations.propose.quotes.cues import Cue

__all__ = ["channel_of", "medium_of", "platforms_in"]

_WHERE = frozenset({"in", "on", "by", "via", "through", "during", "over"})
_TO = frozenset({"to", "with", "by"})


def platforms_in(doc: Doc) -> frozenset[str]:
    """Names that the text itself calls a platform: "the network Skerrl"."""
    found = tokens_with(doc, "LOWER", channel_words("platform_nouns"))
    after = [token.nbor() for token in found if token.i + 1 < len(doc)]
    return frozenset(token.lower_ for token in after if token.pos_ == "PROPN")


def channel_of(
    cue: Cue, speaker: Token | None, medium: Mention | None, platforms: frozenset[str]
) -> str | None:
    """The channel that the cue's own clause names, or None."""
    if cue.lemma in channel_words("verbs"):
        return channel_words("verbs")[cue.lemma]
    if (
        speaker is not None
        and speaker.lemma_.lower() in document_nouns()
        and (speaker.tag_ == "NN")
    ):
        return document_nouns()[speaker.lemma_.lower()]
    spoken = False
    for preposition, noun in _adverbials(cue):
        if (found := _by_noun(cue, preposition, noun, platforms)) is not None:
            return found
        spoken = spoken or noun.lower_ in channel_words("spoken_to")
    if medium is None:
        return None
    if spoken:
        return "interview"
    return "broadcast" if _has(medium.head, "broadcasters") else None


def _by_noun(cue: Cue, preposition: Token, noun: Token, platforms: frozenset[str]) -> str | None:
    where = preposition.lower_
    if where not in _WHERE:
        return None
    nouns = channel_words("nouns")
    if noun.lemma_.lower() in nouns and not (where == "by" and noun.lower_.endswith("s")):
        return nouns[noun.lemma_.lower()]
    if where in ("on", "via", "through"):
        if _is_platform(noun) or noun.lower_ in platforms or _next_in(noun, platforms):
            return "social_media"
        if _has(noun, "broadcasters"):
            return "broadcast"
        wrote = cue.lemma in ("write", "post") and where == "on" and noun.pos_ == "PROPN"
        if wrote and noun.ent_type_ not in ("DATE", "TIME", "GPE", "LOC", "EVENT"):
            return "social_media"
    return None


def _next_in(noun: Token, platforms: frozenset[str]) -> bool:
    return noun.i + 1 < len(noun.doc) and noun.nbor().lower_ in platforms


def _is_platform(noun: Token) -> bool:
    around = [noun, *(c for c in noun.children if c.dep_ in ("compound", "appos", "nmod"))]
    names = any(one.lower_ in channel_words("platforms") for one in around)
    kinds = [one for one in around if one.lower_ in channel_words("platform_nouns")]
    named = any(one.pos_ == "PROPN" for one in around)
    return names or (bool(kinds) and named)


def _adverbials(cue: Cue) -> Iterator[tuple[Token, Token]]:
    """Prepositions and their nouns in the reporting clause."""
    for child in cue.verb.children:
        holders = [child]
        if child.dep_ in ("dobj", "dative", "npadvmod", "agent", "prep", "nsubj"):
            inner = object_of(child)
            holders += [*child.children, *(inner.children if inner is not None else ())]
        for preposition in holders:
            if preposition.dep_ in ("prep", "agent", "dative") and preposition.pos_ == "ADP":
                noun = object_of(preposition)
                if noun is not None:
                    yield preposition, noun


def medium_of(cue: Cue) -> Mention | None:
    """The medium that was told or that quotes: "told Radio Ummel", "quoted by KVA"."""
    for noun in _carriers(cue):
        if _is_medium(noun):
            return mention_of(noun)
    return None


def _carriers(cue: Cue) -> Iterator[Token]:
    verb = cue.verb
    if cue.lemma == "tell":
        yield from (c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i)
    for preposition, noun in _adverbials(cue):
        where = preposition.lower_
        told = where == "to" and cue.lemma != "tell" and not cue.is_according
        if told or (where == "on" and _has(noun, "broadcasters")):
            yield noun
        elif noun.lemma_.lower() in ("interview", "remark", "comment"):
            yield from _of_interview(noun)
    yield from _quoting(verb)


def _of_interview(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _TO:
            medium = object_of(child)
            if medium is not None:
                yield medium


def _quoting(verb: Token) -> Iterator[Token]:
    """Who quotes: "as quoted by KVA", "was quoted by KVA as saying", "cited by KVA"."""
    subjects = [child for child in verb.lefts if child.dep_ == "nsubj"]
    around = [verb, *verb.rights, *(one for child in subjects for one in child.rights)]
    if verb.dep_ == "pcomp":
        around.append(verb.head.head)
        if verb.head.lower_ == "as" and verb.head.head.lemma_ in ("quote", "cite"):
            yield from (c for c in verb.head.head.children if c.dep_ == "nsubj")
    if verb.lower_ == "according":
        noun = object_of(verb.nbor())
        after = noun.right_edge.i + 1 if noun is not None else verb.i
        around += list(verb.doc[verb.i : after + 3])
    for one in around:
        if one.lemma_.lower() in ("quote", "cite", "report") and one.tag_ == "VBN":
            for child in one.children:
                if child.dep_ in ("agent", "prep") and child.lower_ == "by":
                    noun = object_of(child)
                    if noun is not None:
                        yield noun


def _is_medium(noun: Token) -> bool:
    if noun.pos_ != "PROPN":
        kinds = ("appos", "compound", "nmod")
        named = any(c.dep_ in kinds and c.pos_ == "PROPN" for c in noun.children)
        return named and _has(noun, "media")
    if _has(noun, "media"):
        return True
    bodies = mention_words("bodies") | {"congress", "senate", "un", "nato", "eu"}
    named = noun.ent_type_ == "ORG" and noun.lower_ not in bodies
    return named and not any(one.lower_ in bodies for one in noun.lefts)


def _has(noun: Token, name: str) -> bool:
    listed = channel_words(name)
    return any(
        one.lower_ in listed
        for one in [noun, *noun.children]
        if one.dep_ in ("compound", "nmod", "amod", "appos") or one == noun
    )
