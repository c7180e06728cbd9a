"""What is said to have happened to the things counted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.governors import (
    FARTHEST,
    NOUN,
    OBJECT,
    SUBJECT,
    governors,
)
from newspan.annotations.propose.numbers.lexicon import lexicon, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "happening_after", "happening_ahead", "happening_at", "happening_of_word", "speaks_of_firing",
]  # fmt: skip


@cache
def _table(name: str) -> dict[str, str]:
    return {word: what for what, words in lexicon("happenings")[name].items() for word in words}


def happening_of_word(token: Token) -> str | None:
    """What the word itself says: dead, hostages, the detained."""
    words = _table("by_word")
    return words.get(token.lower_) or words.get(token.lemma_.lower())


def happening_after(token: Token | None) -> str | None:
    """What a participle or adjective right after the noun says: nine people killed."""
    if token is None or token.tag_ not in ("VBN", "VBD", "JJ", "VBG", "RB"):
        return None
    if token.lower_ in ("dead", "missing", "unaccounted", "trapped", "homeless", "hurt"):
        return happening_of_word(token)
    if token.tag_ != "VBN" and not (
        token.tag_ == "VBD" and token.lemma_ in ("kill", "wound", "injure")
    ):
        return None
    if any(child.dep_ in ("dobj", "nsubj") for child in token.children):
        return None
    return _of_verb(token, OBJECT, None)


def happening_ahead(token: Token | None, counted_class: str | None) -> str | None:
    """What the verb group right after the noun says, where the tree has lost its subject."""
    passive = False
    for _ in range(FARTHEST):
        if token is None or token.is_sent_start:
            return None
        if token.lemma_ not in ("be", "have", "get") and token.tag_ not in ("MD", "RB", "TO"):
            break
        passive = token.lemma_ in ("be", "get") or (passive and token.tag_ == "RB")
        token = token.nbor() if token.i + 1 < len(token.doc) else None
    if token is None or not token.tag_.startswith(("VB", "JJ")):
        return None
    found = _of_verb(token, OBJECT if passive else SUBJECT, counted_class)
    if found is None and token.lemma_ == "find" and token.i + 1 < len(token.doc):
        return happening_of_word(token.nbor())  # found dead
    return found


def happening_at(node: Token, counted_class: str | None, start: int) -> str | None:
    """What the words that govern the noun say of it; the number begins at `start`."""
    for verb, role in governors(node, start):
        if role == NOUN:
            found = _table("of_noun").get(verb.lemma_.lower())
        else:
            found = _of_verb(verb, role, counted_class)
        if found is not None:
            return found
    return None


def _of_verb(verb: Token, role: str, counted_class: str | None) -> str | None:
    """What a verb says of a thing of this class in this role."""
    lemma = verb.lemma_.lower()
    if verb.pos_ in ("ADJ", "ADV", "NOUN") or verb.dep_ in ("acomp", "attr"):
        return happening_of_word(verb)
    person = counted_class in (None, *word_set("happenings", "persons"))
    if role == OBJECT and lemma in word_set("happenings", "sending") and not person:
        sent = lexicon("happenings")["sent"].items()
        return next((what for what, kinds in sent if counted_class in kinds), None)
    if person and (what := _of_idiom(verb, lemma, role)) is not None:
        return what
    if role == OBJECT and lemma in word_set("happenings", "sending"):
        return "deployed" if counted_class == "soldier" else None
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    found = _table(role).get(f"{lemma} {particle}" if particle else lemma)
    if found is None and person:
        found = _state(verb)
    if found is None and not particle:
        found = _of_participle(verb, lemma, role)
    return _fitting(found, counted_class, role, verb)


def _of_idiom(verb: Token, lemma: str, role: str) -> str | None:
    """What a verb says of people together with a noun: taken to hospital, lost their lives."""
    if role == SUBJECT:
        return "killed" if lemma == "lose" and _has_object(verb, "life") else None
    if lemma in word_set("happenings", "carried") and (what := _care(verb)):
        return what
    if lemma == "shoot" and _leaves_dead(verb):
        return "killed"
    if lemma in ("take", "hold") and _is_captive(verb):
        return "captured"
    if lemma in ("force", "drive") and _names_homes(verb):
        return "displaced"
    if lemma == "include":
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        return None if subject is None else happening_of_word(subject)
    return None


def _of_participle(verb: Token, lemma: str, role: str) -> str | None:
    """What a form such as "missing" or "stranded" says, which is in no list of verbs."""
    if role == SUBJECT and verb.tag_ == "VBG" and not _has_object(verb):
        return _table("by_word").get(verb.lower_)
    if role == OBJECT and verb.tag_ == "VBN" and lemma not in _table(SUBJECT):
        return happening_of_word(verb)
    return None


def _leaves_dead(verb: Token) -> bool:
    """Whether people are shot dead, or shot and killed."""
    near = verb.doc[verb.i + 1 : verb.i + 5]
    return any(token.lower_ in ("dead", "killed") for token in near)


def _names_homes(verb: Token) -> bool:
    """Whether people are driven from their homes."""
    near = verb.doc[verb.i + 1 : verb.i + 8]
    return any(token.lower_ in ("home", "homes", "houses") for token in near)


def _is_captive(verb: Token) -> bool:
    """Whether somebody is taken or held hostage."""
    near = verb.doc[verb.i + 1 : verb.i + 6]
    return any(token.lower_ in word_set("happenings", "captives") for token in near)


def _state(verb: Token) -> str | None:
    """Where people are held: are in custody."""
    for preposition in verb.children:
        if preposition.lower_ in ("in", "at", "under", "into"):
            for noun in preposition.children:
                for what, nouns in lexicon("happenings")["states"].items():
                    if noun.lower_ in nouns:
                        return str(what)
    return None


def speaks_of_firing(sentence: Iterable[Token]) -> bool:
    """Whether a sentence speaks of firing or of an attack."""
    return any(t.lemma_.lower() in word_set("happenings", "firing") for t in sentence)


def _fitting(found: str | None, counted_class: str | None, role: str, verb: Token) -> str | None:
    """Nothing where the class of the thing does not go with it: a strike that hit 12 people."""
    person = counted_class in word_set("happenings", "persons")
    if found in word_set("happenings", "only_persons") and not person and counted_class is not None:
        return None
    if found == "other" and counted_class in (None, "other", "item", "event", "place", "vote"):
        return None
    if found == "struck" and person:
        return "wounded" if verb.lemma_ == "hit" and role == OBJECT else None
    if found == "launched" and counted_class not in (
        None,
        "missile",
        "drone",
        "weapon",
        "event",
        "aircraft",
        "item",
    ):
        return None
    if role == SUBJECT and found is not None and _has_object(verb):
        return "displaced" if found == "displaced" else None
    return found


def _has_object(verb: Token, lemma: str | None = None) -> bool:
    return any(c.dep_ == "dobj" and lemma in (None, c.lemma_.lower()) for c in verb.children)


def _care(verb: Token) -> str | None:
    """Whether a verb of carrying or treating names a hospital, or the harm treated."""
    treated = verb.lemma_ == "treat"
    for token in verb.doc[verb.i + 1 : verb.i + 9]:
        if token.is_sent_start:
            break
        if token.lower_ in word_set("happenings", "hospitals"):
            return "hospitalized"
        if treated and token.lower_ in word_set("happenings", "harm"):
            return "wounded"
    return None
