"""The names without an entity, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newspan.annotations.linking.geonames import Candidate
from newspan.annotations.linking.link import Unlinked
from newspan.errors import printable

__all__ = ["unlinked_lines"]


def unlinked_lines(found: Iterable[Unlinked]) -> Iterator[str]:
    """A line a name, and one below it for each thing it may mean."""
    count = 0
    for one in found:
        count += 1
        times = f"{len(one.spans)} mentions" if len(one.spans) > 1 else "1 mention"
        first = one.spans[0].split("/")[0]
        yield printable(f"{one.layer} {one.name} ({one.type}): {times}, first in {first}")
        for key in one.keys:
            yield f"    key {key}"
        for place in one.places:
            yield printable(f"    {_place(place)}")
    yield f"{count} names without an entity" if count else "Every name has its entity."


def _place(place: Candidate) -> str:
    where = "" if place.latitude is None else f" at {place.latitude:.4f}, {place.longitude:.4f}"
    return (
        f"GeoNames {place.geonames}: {place.name}, {place.kind} in {place.country_code}{where}, "
        f"{place.population:,} people"
    )
