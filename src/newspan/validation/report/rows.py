"""What is said of a row, whatever the form: its name, what it is, and the values that count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from newspan.errors import printable
from newspan.schema.model import FRAGMENT_JOINT
from newspan.validation.outcome import Outcome
from newspan.validation.places import Place

__all__ = ["MAX_SHOWN", "Told", "counted", "offsets", "place_label", "short", "told"]

MAX_SHOWN = 100
"""Characters of a value that are shown to people; JSON has all."""


class Told(NamedTuple):
    """A row in words, safe to print."""

    name: str
    """The id of what it is about; "" where that was not looked up."""
    what: str
    """Layer and offsets, or that it is an article or entity."""
    values: tuple[tuple[str, str], ...]
    """The columns that say more than name and excerpt do."""

    @property
    def line(self) -> str:
        """All of it in one line."""
        values = ", ".join(f"{name}={value}" for name, value in self.values)
        return "  ".join(part for part in (self.name, self.what, values) if part)


def told(row: Mapping[str, Any], places: Sequence[Place]) -> Told:
    """The row in words; what its places show is not said again."""
    shown = {place.role for place in places}
    first = places[0] if places and places[0].role == "id" else None
    if first is not None and first.layer in (said := (row.get("layer"), row.get("type"))):
        shown.add("layer" if first.layer == said[0] else "type")
    if first is not None and first.kind == "span":
        shown |= {name for name in ("text", "found") if row.get(name) in _words(first)}
        hull = first.fragments and (first.fragments[0][0], first.fragments[-1][1])
        if (row.get("start"), row.get("end")) == hull:
            shown |= {"start", "end"}
        if first.article == row.get("article_id"):
            shown.add("article_id")
    values = tuple(
        (printable(name), short(value))
        for name, value in row.items()
        if value is not None and name not in shown
    )
    return Told("", "", values) if first is None else Told(short(first.id), _what(first), values)


def _words(place: Place) -> tuple[str, ...]:
    marked = [part.text for part in place.parts if part.marked]
    return (FRAGMENT_JOINT.join(marked),) if marked else ()


def _what(place: Place) -> str:
    if place.kind == "span":
        return printable(f"{place.layer or 'span'} {offsets(place)}")
    return printable(f"{place.kind} {place.layer or ''}".rstrip())


def place_label(place: Place) -> str:
    """What stands over the excerpt of a place that the row's name is not of."""
    return f"{printable(place.role)}: {short(place.id)}  {_what(place)}"


def offsets(place: Place) -> str:
    """The offsets of a span: start:end of each fragment, in code points."""
    return "+".join(f"{start}:{end}" for start, end in place.fragments) or "without offsets"


def short(value: Any) -> str:
    """The value in one line of at most MAX_SHOWN characters, safe to print."""
    text = str(value).replace("\n", "\\n")
    return printable(text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…")


def counted(o: Outcome) -> str:
    """How many rows of how many, and how many of them are known."""
    if o.error is not None:
        return "not computed"
    known = "" if o.new is None else f", {o.new:,} new"
    return f"{o.failed:,} of {o.of:,}{known}"
