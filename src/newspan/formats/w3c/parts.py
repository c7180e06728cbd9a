"""The parts of an annotation as it comes, whoever wrote it: nothing is taken for granted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from newspan.formats.w3c.terms import TERM

__all__ = [
    "Place", "comments", "creator", "dataset", "ends", "first_id", "many", "places",
    "purposes", "tags", "terms", "types_of",
]  # fmt: skip

_LONGEST = 2**31 - 1
_PARTS = re.compile("[:#/]")
_LABELLING = {"tagging", "classifying"}


class Place(NamedTuple):
    """What a target selects. Positions are in the unit of the file, still unknown."""

    source: str
    start: int | None
    end: int | None
    exact: str | None
    prefix: str = ""
    suffix: str = ""


def many(value: Any) -> list[Any]:
    """The values of a property, which may stand alone or in a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def types_of(value: Any) -> list[str]:
    """The types of a resource: `type`, or `@type` where the context is not the published one."""
    if not isinstance(value, dict):
        return []
    return [t for t in many(value.get("type", value.get("@type"))) if isinstance(t, str)]


def first_id(value: Any) -> str | None:
    """The address of a resource: a string, or the `id` of an object, or of its source."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id", value.get("source")))
        if isinstance(value, dict):
            value = value.get("id", value.get("@id"))
    return value if isinstance(value, str) else None


def purposes(annotation: Mapping[str, Any], body: Any = None) -> set[str]:
    """The purposes of a body, or where it has none the motivations of its annotation (3.3.5)."""
    own = many(body.get("purpose")) if isinstance(body, dict) else []
    found = own or many(annotation.get("motivation"))
    return {_PARTS.split(p)[-1] for p in found if isinstance(p, str)}


def _values(annotation: Mapping[str, Any], wanted: set[str]) -> Iterator[str]:
    """The texts of the bodies with one of the purposes, and of the string body."""
    for body in many(annotation.get("body")):
        value = body.get("value") if isinstance(body, dict) else None
        if isinstance(value, str) and purposes(annotation, body) & wanted:
            yield value
    plain = annotation.get("bodyValue")
    if isinstance(plain, str) and purposes(annotation) & wanted:
        yield plain


def tags(annotation: Mapping[str, Any]) -> list[str]:
    """What the annotation says its targets are."""
    return list(_values(annotation, _LABELLING))


def comments(annotation: Mapping[str, Any]) -> str | None:
    """The remarks, a line each; None where there are none."""
    found = list(_values(annotation, {"commenting"}))
    return "\n".join(found) if found else None


def dataset(annotation: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
    """The terms of the body of a class of ours; None where there is none."""
    for body in many(annotation.get("body")):
        if kind in types_of(body):
            return terms(body)
    return None


def terms(record: Mapping[str, Any]) -> dict[str, Any]:
    """The values of terms of ours, by their names; those of a record within it likewise."""
    return {
        key.removeprefix(TERM): terms(value) if isinstance(value, dict) else value
        for key, value in record.items()
        if key.startswith(TERM)
    }


def creator(annotation: Mapping[str, Any]) -> dict[str, str]:
    """Who made the annotation, as fields of a span."""
    for agent in many(annotation.get("creator")):
        named = [agent.get(key) for key in ("name", "nickname")] if isinstance(agent, dict) else []
        name = next((n for n in [*named, first_id(agent)] if isinstance(n, str)), None)
        if name is not None:
            kind = "model" if "Software" in types_of(agent) else "human"
            return {"annotator": name, "annotator_kind": kind}
    return {}


def ends(annotation: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The annotations that a linking one joins: its target and the body of that purpose, or
    its two targets."""
    linked = [first_id(target) for target in many(annotation.get("target"))]
    for body in many(annotation.get("body")):
        alone = not isinstance(body, dict) or "value" not in body
        if alone and "linking" in purposes(annotation, body):
            linked.append(first_id(body))
    return (linked[0], linked[1]) if len(linked) == 2 else (None, None)


def places(annotation: Mapping[str, Any]) -> list[Place]:
    """What the targets select, in their order.

    Raises ValueError where one selects nothing that a plain text has: by neither position nor
    quote, or by a position that is none.
    """
    return [_place(target) for target in many(annotation.get("target"))]


def _place(target: Any) -> Place:
    source = first_id(target.get("source")) if isinstance(target, dict) else None
    if source is None:
        raise ValueError("a target selects no part of a source")
    by_type = {
        kind: selector for selector in many(target.get("selector")) for kind in types_of(selector)
    }
    position, quote = (by_type.get(f"Text{kind}Selector", {}) for kind in ("Position", "Quote"))
    start, end = position.get("start"), position.get("end")
    exact = quote.get("exact")
    if position:
        if any(type(o) is not int or not 0 <= o <= _LONGEST for o in (start, end)):
            raise ValueError(f"[{start}, {end}) is no position in a text")
    elif not isinstance(exact, str):
        kinds = ", ".join(by_type) or "none"
        raise ValueError(f"a target has no text position or quote (its selectors: {kinds})")
    words = [quote.get(key) for key in ("exact", "prefix", "suffix")]
    if not all(part is None or isinstance(part, str) for part in words):
        raise ValueError("a quote is no text")
    return Place(source, start, end, exact, *(part or "" for part in words[1:]))
