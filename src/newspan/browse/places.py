"""The places of a corpus: how often each is named, in which use, and where it lies."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from newspan.corpus.load import Corpus

__all__ = ["USES", "PlaceUse", "land_rings", "places"]

USES = ("literal", "associative", "metonymic")
"""The place is meant; its name stands before or owns something; its name acts."""

INVENTED = "newspan-invented"
"""How the gazetteer of an invented entity begins."""


class PlaceUse(NamedTuple):
    """A place and how often it is named in each use."""

    entity: str
    name: str
    kind: str
    invented: bool
    point: tuple[float, float] | None
    """Longitude and latitude in degrees; a country's are those of its capital. An invented
    place has none, whatever its entity says."""
    uses: tuple[int, int, int]
    """In the order of USES."""

    @property
    def total(self) -> int:
        """All its mentions."""
        return sum(self.uses)


def places(corpus: Corpus) -> list[PlaceUse]:
    """Every place that is named, the most frequent first.

    A metonymic mention is an actor's; it counts for the place of the actor's entity, so for a
    state where its capital or its government is named. Mentions without a place are left out.
    """
    entities = {e["id"]: e for e in corpus.entities.to_pylist()}
    found: dict[str, Counter[str]] = {}
    for (key, use), number in _mentions(corpus, entities).items():
        if key in entities:
            found.setdefault(key, Counter())[use] += number
    made = [_place(entities[key], uses) for key, uses in found.items()]
    return sorted(made, key=lambda p: (-p.total, p.name, p.entity))


def _mentions(corpus: Corpus, entities: dict[str, Any]) -> Counter[tuple[str, str]]:
    """Mentions by place and use."""
    counted: Counter[tuple[str, str]] = Counter()
    locations = pc.struct_field(corpus.spans["location"], "entity")
    named = pa.table({"key": locations, "use": pc.struct_field(corpus.spans["location"], "usage")})
    for row in _counted(named.filter(pc.is_valid(locations))):
        counted[row["key"], row["use"]] = row["count_all"]
    acting = pc.is_valid(pc.struct_field(corpus.spans["actor"], "metonymy"))
    actors = pc.struct_field(corpus.spans["actor"].filter(acting), "entity")
    for row in _counted(pa.table({"key": actors})):
        place = entities.get(row["key"], {}).get("place")
        if place is not None:
            counted[place, "metonymic"] += row["count_all"]
    return counted


def _counted(table: pa.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]]
    found = table.group_by(table.schema.names).aggregate([([], "count_all")]).to_pylist()
    return found


def _place(entity: dict[str, Any], uses: Counter[str]) -> PlaceUse:
    longitude, latitude = entity["longitude"], entity["latitude"]
    invented = (entity["gazetteer"] or "").startswith(INVENTED)
    point = None
    if not invented and longitude is not None and latitude is not None:
        point = (longitude, latitude)
    elif not invented and entity["type"] == "country":
        point = capitals().get(entity["country_code"] or "")
    literal, associative, metonymic = (uses[use] for use in USES)
    return PlaceUse(
        entity["id"],
        entity["name"] or entity["id"],
        entity["type"],
        invented,
        point,
        (literal, associative, metonymic),
    )


@cache
def capitals() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of the capital by country code, of GeoNames."""
    lines = _data("capitals.csv").splitlines()[1:]
    rows = [line.split(",") for line in lines]
    return {code: (float(east), float(north)) for code, north, east in rows}


@cache
def land_rings() -> list[list[tuple[float, float]]]:
    """The shores of the land as rings of longitude and latitude, in degrees.

    `land_outline.txt` has a ring a line: its first point in tenths of a degree, then the step
    to each next one. From Natural Earth 1:110m land (public domain), where it has no borders.
    """
    return [_ring(line) for line in _data("land_outline.txt").splitlines()]


def _ring(line: str) -> list[tuple[float, float]]:
    x = y = 0
    points = []
    for step in line.split():
        east, _, north = step.partition(",")
        x, y = x + int(east), y + int(north)
        points.append((x / 10, y / 10))
    return points


def _data(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
