"""Which entity of a table a name means, where only one can be meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from newspan.annotations.linking.geonames import country_name, country_of_capital
from newspan.schema.model import Entity

__all__ = ["EntityNames"]


class EntityNames:
    """The names of a table of entities."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._keys: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._surnames: dict[str, list[str]] = defaultdict(list)
        self._types = {key: entity.type for key, entity in entities.items()}
        for key, entity in entities.items():
            if entity.name is None:
                continue
            for name in _forms(entity.name):
                self._keys[entity.kind, name].append(key)
            if entity.type == "person" and " " in entity.name:
                self._surnames[entity.name.split()[-1].casefold()].append(key)

    def key_of(self, layer: str, name: str, attributes: Mapping[str, Any]) -> str | None:
        """The one key that the name of an actor or a location can mean, else None.

        A capital that stands for its government means the state; a last name alone the one
        person who has it.
        """
        if layer == "actor" and attributes.get("metonymy") == "capital_for_government":
            country = country_of_capital(name)
            return None if country is None else self._only("actor", country, "state")
        wanted = "state" if attributes.get("type") == "state" else None
        found = self._only(layer, name, wanted)
        if found is None and layer == "actor" and attributes.get("type") == "person":
            last = self._surnames.get(name.casefold(), [])
            return last[0] if len(last) == 1 else None
        return found

    def keys(self, layer: str, name: str) -> list[str]:
        """All keys that the name can mean, in the order of the keys."""
        found = {key for form in _forms(name) for key in self._keys.get((layer, form), ())}
        if layer == "actor":
            found |= set(self._surnames.get(name.casefold(), ()))
        return sorted(found)

    def _only(self, layer: str, name: str, wanted: str | None) -> str | None:
        found = [k for k in self.keys(layer, name) if wanted in (None, self._types[k])]
        return found[0] if len(found) == 1 else None


def _forms(name: str) -> set[str]:
    """The forms in which a name is looked up: an article or a bracket more or less."""
    plain = name.casefold().removeprefix("the ").split(" (")[0]
    return {name.casefold(), plain, country_name(name).casefold()}
