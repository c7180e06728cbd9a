"""The word lists of the number proposer, read once a process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from newspan.plain_yaml import packaged_yaml

__all__ = ["by_first_word", "lexicon", "word_set"]

Words = tuple[str, ...]
Meaning = TypeVar("Meaning")


def lexicon(name: str) -> Mapping[str, Any]:
    """The word list `name`, a YAML file beside this module."""
    return packaged_yaml(__package__, f"{name}.yaml")  # type: ignore[no-any-return]


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The words under one key of a list."""
    return frozenset(lexicon(name)[key])


def by_first_word(
    phrases: Iterable[tuple[str, Meaning]],
) -> dict[str, list[tuple[Words, Meaning]]]:
    """Phrases by their first word, longer ones first, so that the longest match is found first."""
    found: dict[str, list[tuple[Words, Meaning]]] = {}
    for phrase, meaning in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, meaning))
    for choices in found.values():
        choices.sort(key=lambda choice: -len(choice[0]))
    return found
