"""The word lists of the package, read once from the data files beside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from newspan.plain_yaml import packaged_yaml

__all__ = [
    "Verb",
    "channel_words",
    "document_nouns",
    "mention_words",
    "needed_prepositions",
    "reporting_verbs",
    "words",
]


@dataclass(frozen=True, slots=True)
class Verb:
    """What a reporting verb may introduce and how what it introduces was meant."""

    lemma: str
    content: frozenset[str]
    passive: frozenset[str]
    """What it introduces in the passive only."""
    polarity: str


def _read(name: str) -> dict[str, Any]:
    return packaged_yaml(__package__, name)  # type: ignore[no-any-return]


@cache
def reporting_verbs() -> dict[str, Verb]:
    """Lemma to verb. A verb of several classes may introduce what each of them allows."""
    content: dict[str, set[str]] = defaultdict(set)
    passive: dict[str, set[str]] = defaultdict(set)
    polarity: dict[str, str] = {}
    for group in _read("reporting_verbs.yaml")["classes"].values():
        for lemma in group["verbs"]:
            content[lemma].update(group["content"])
            if "polarity" in group:
                polarity[lemma] = group["polarity"]
        for lemma in group.get("passive", ()):
            passive[lemma].update(group["content"])
    return {
        lemma: Verb(
            lemma,
            frozenset(content[lemma]),
            frozenset(passive[lemma]),
            polarity.get(lemma, "asserted"),
        )
        for lemma in sorted({*content, *passive})
    }


@cache
def words(name: str) -> frozenset[str]:
    """A list of the verbs' file, such as "answering"."""
    return frozenset(_read("reporting_verbs.yaml")[name])


@cache
def needed_prepositions() -> dict[str, frozenset[str]]:
    """Verbs that take an infinitive only with one of these prepositions."""
    found = _read("reporting_verbs.yaml")["needs_preposition"]
    return {verb: frozenset(prepositions) for verb, prepositions in found.items()}


@cache
def mention_words(name: str) -> frozenset[str]:
    """A list of the mentions' file, such as "titles"."""
    return frozenset(_read("mentions.yaml")[name])


@cache
def channel_words(name: str) -> dict[str, str]:
    """A table of the channels' file; a list becomes a table of its words to themselves."""
    found = _read("channels.yaml")[name]
    return dict(found) if isinstance(found, dict) else {word: word for word in found}


@cache
def document_nouns() -> dict[str, str]:
    """Nouns for texts that may stand as the subject of "said", with their channel."""
    return dict(_read("mentions.yaml")["documents"])
