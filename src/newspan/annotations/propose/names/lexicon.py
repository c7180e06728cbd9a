"""The word lists beside this module, as sets."""

from __future__ import annotations

from functools import cache

from newspan.plain_yaml import packaged_yaml

__all__ = ["phrases", "words"]


@cache
def words(name: str, key: str) -> frozenset[str]:
    """A list of single words."""
    return frozenset(packaged_yaml(__package__, name)[key].split())


@cache
def phrases(name: str, key: str, under: str | None = None) -> frozenset[str]:
    """A list of phrases, parted by semicolons; `under` names the mapping it stands in."""
    lists = packaged_yaml(__package__, name)
    return frozenset((lists[under] if under else lists)[key].split("; "))
