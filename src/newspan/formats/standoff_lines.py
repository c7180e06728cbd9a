"""The lines of brat's stand-off files (`.ann`), as records; what they mean is not looked at.

Source of the format: https://brat.nlplab.org/standoff.html and brat's own
`server/src/annotation.py`. Offsets are code points, end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from newspan.errors import Fault

__all__ = ["Lines", "Pair", "parse"]


class Pair(NamedTuple):
    """A text and its annotation, as the files have them."""

    name: str
    """Name of both files, without the suffix."""
    text: str
    ann: str
    about: bytes | None = None
    """The side file `<name>.newspan.json`, where there is one."""
    path: Path | None = None
    """Of the `.ann` file."""


class Bound(NamedTuple):
    """`T1<tab>type 0 4;7 9<tab>words`: a span of text."""

    line: int
    id: str
    type: str
    fragments: list[tuple[int, int]]
    words: str | None


class Attribute(NamedTuple):
    """`A1<tab>type T1 value`; without a value it is a flag."""

    line: int
    id: str
    type: str
    target: str
    value: str | None


class Arc(NamedTuple):
    """`R1<tab>type Arg1:T1 Arg2:T2`: a binary relation."""

    line: int
    id: str
    type: str
    first: str
    second: str


class Note(NamedTuple):
    """`#1<tab>type T1<tab>text`."""

    line: int
    id: str
    type: str
    target: str
    text: str


class Normalization(NamedTuple):
    """`N1<tab>type T1 database:entry<tab>words`."""

    line: int
    id: str
    type: str
    target: str
    database: str
    entry: str


class Lines(NamedTuple):
    """The records of a file, each kind in the order of the file."""

    bounds: list[Bound]
    attributes: list[Attribute]
    arcs: list[Arc]
    notes: list[Note]
    normalizations: list[Normalization]


_OFFSETS = r"[0-9]{1,10} [0-9]{1,10}(?:;[0-9]{1,10} [0-9]{1,10})*"
_BOUND = re.compile(rf"(\S+) ({_OFFSETS})\s*")
_ATTRIBUTE = re.compile(r"(\S+) (\S+)(?: (\S+))?\s*")
_ARC = re.compile(r"(\S+) [^\s:]+:(\S+) [^\s:]+:(\S+)\s*")
_NOTE = re.compile(r"(\S+) (\S+)\s*")
_NORMALIZATION = re.compile(r"(\S+) (\S+) (\S+?):(\S+)\s*")


def parse(ann: str) -> tuple[Lines, list[Fault]]:
    """The records of an `.ann` file, and a fault for each line that is none of them."""
    found = Lines([], [], [], [], [])
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(ann.removeprefix("\ufeff").split("\n"), start=1):
        line = raw.removesuffix("\r")
        if not line.strip():
            continue
        name, _, rest = line.partition("\t")
        reader = _READERS.get(name[:1])
        if reader is None or not name[1:] or name[:1] in _EVENTS:
            faults.append(_unknown(line, number))
        elif name in seen:
            message = f"{name} is on line {seen[name]} too."
            faults.append(Fault(message, "Give each annotation its own id.", line=number))
        elif not reader(found, number, name, rest.partition("\t")):
            faults.append(_unreadable(line, number))
        seen.setdefault(name, number)
    return found, faults


_EVENTS = "E*"


def _unknown(line: str, number: int) -> Fault:
    if line[:1] in _EVENTS:
        what = "an event" if line[0] == "E" else "an equivalence"
        return Fault(f"is {what}, which the model has not.", "Take it out.", line=number)
    return _unreadable(line, number)


def _unreadable(line: str, number: int) -> Fault:
    shown = line if len(line) <= 60 else line[:57] + "..."
    return Fault(
        f"{shown!r} is no annotation of brat's.",
        "A line is an id, a tab and, with single spaces, a type and what it is of.",
        line=number,
    )


def _bound(found: Lines, line: int, name: str, rest: tuple[str, str, str]) -> bool:
    match = _BOUND.fullmatch(rest[0])
    if match is None:
        return False
    places = (place.split(" ") for place in match[2].split(";"))
    fragments = [(int(start), int(end)) for start, end in places]
    found.bounds.append(Bound(line, name, match[1], fragments, rest[2] if rest[1] else None))
    return True


def _attribute(found: Lines, line: int, name: str, rest: tuple[str, str, str]) -> bool:
    match = _ATTRIBUTE.fullmatch(rest[0])
    if match is not None:
        found.attributes.append(Attribute(line, name, match[1], match[2], match[3]))
    return match is not None


def _arc(found: Lines, line: int, name: str, rest: tuple[str, str, str]) -> bool:
    match = _ARC.fullmatch(rest[0])
    if match is not None:
        found.arcs.append(Arc(line, name, match[1], match[2], match[3]))
    return match is not None


def _note(found: Lines, line: int, name: str, rest: tuple[str, str, str]) -> bool:
    match = _NOTE.fullmatch(rest[0])
    if match is not None:
        found.notes.append(Note(line, name, match[1], match[2], rest[2].strip()))
    return match is not None


def _normalization(found: Lines, line: int, name: str, rest: tuple[str, str, str]) -> bool:
    match = _NORMALIZATION.fullmatch(rest[0])
    if match is not None:
        found.normalizations.append(Normalization(line, name, *match.groups()))
    return match is not None


_Reader = Callable[[Lines, int, str, tuple[str, str, str]], bool]
_READERS: dict[str, _Reader] = {
    "T": _bound, "A": _attribute, "M": _attribute, "R": _arc, "#": _note, "N": _normalization,
}  # fmt: skip
