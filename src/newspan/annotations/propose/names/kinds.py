"""What a name is, by its words: a ministry, an airport, a river."""

from __future__ import annotations

from functools import lru_cache

from newspan.annotations.propose.names.gazetteer import gazetteer
from newspan.annotations.propose.names.lexicon import words

__all__ = ["ACTOR_TYPES", "PLACE_KINDS", "actor_type", "heading", "place_kind"]

ACTOR_TYPES = ("armed_force", "government_body", "medium", "organization", "group")
PLACE_KINDS = ("natural", "region", "district", "facility", "city")


@lru_cache(maxsize=10_000)
def heading(name: str) -> str | None:
    """The actor type or place kind that the words of a name give, its last word before others.

    Null where none of them is a word of that sort.
    """
    parts = [part.strip(".,'’") for part in name.casefold().split()]
    parts = [part.removesuffix("'s").removesuffix("’s") for part in parts]
    head = parts[: parts.index("of")] if "of" in parts[1:] else parts
    if len(parts) > 1 and parts[0] in words("words.yaml", "first"):
        return "facility" if parts[0] == "port" else "natural"
    for word in reversed(head):
        for kind in (*PLACE_KINDS, *ACTOR_TYPES) if len(parts) > 1 else ACTOR_TYPES:
            if word in words("words.yaml", kind):
                return kind
    return None


def actor_type(name: str, model_label: str | None) -> str:
    """The type of an actor that is no state."""
    known = gazetteer()
    if name in known.bodies:
        return known.bodies[name]
    found = heading(name)
    if found in ACTOR_TYPES:
        return found
    return "person" if model_label == "PERSON" else "organization"


def place_kind(name: str, model_label: str | None) -> str:
    """The kind of a place."""
    found = heading(name)
    known = gazetteer().places.get(name)
    if found in PLACE_KINDS and (known is None or known == "city"):
        return found
    if known is not None:
        return known
    return {"LOC": "region", "FAC": "facility", "COUNTRY": "country"}.get(model_label or "", "city")
