"""The word lists beside this module, as sets."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from newspan.plain_yaml import parse_yaml

__all__ = ["phrases", "word_lists", "words"]


@cache
def word_lists(name: str) -> dict[str, Any]:
    """The lists of a file, by their names."""
    file = files(__package__) / name
    lists: dict[str, Any] = parse_yaml(file.read_text("utf-8"), Path(name))
    return lists


@cache
def words(name: str, key: str) -> frozenset[str]:
    """A list of single words."""
    return frozenset(word_lists(name)[key].split())


@cache
def phrases(name: str, key: str, under: str | None = None) -> frozenset[str]:
    """A list of phrases, parted by semicolons; `under` names the mapping it stands in."""
    lists = word_lists(name)
    return frozenset((lists[under] if under else lists)[key].split("; "))
