"""GUM's entities: the brackets of `Entity=` in MISC, over the words of a document.

Notation, CorefUD 1.0 (https://ufal.mff.cuni.cz/corefud): `(3-place-new-…-coref-Mecca` opens a
mention of entity 3, `3)` closes the last open one, `(3-place-…)` is one of a single word;
brackets follow one another without a break. `(3[1/2]-…` and `3[1/2])` are the first of two
parts. What stands between the hyphens is said by `# global.Entity`; a hyphen within a value
is written %2D.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from newspan.errors import DocumentError, Fault
from newspan.formats.gum.rows import Record

__all__ = ["Mention", "mentions"]

GUM_FIELDS = ("GRP", "etype", "infstat", "salience", "centering", "minspan", "link", "identity")
_BRACKET = re.compile(r"\((?P<opened>[^()]+)(?P<closed>\)?)|(?P<closes>[^()]+)\)")
_PART = re.compile(r"(?P<group>.+)\[(?P<part>\d{1,4})/(?P<of>\d{1,4})\]")


class Mention(NamedTuple):
    """A mention of an entity: words, with what GUM says of them."""

    group: str
    """Number of the entity in its document; the same for all that refer to it."""
    etype: str
    """person, place, organization, …"""
    identity: str
    """Title of the entity's page in Wikipedia; empty where it has none."""
    runs: tuple[tuple[int, int], ...]
    """First and last word of each unbroken part, counted over the document from 0."""
    line: int
    """Line of the file where it opens, from 1."""


class _Open(NamedTuple):
    values: Mapping[str, str]
    word: int
    line: int


def mentions(record: Record, path: Path) -> Iterator[Mention]:
    """The mentions of a document, in the order in which they close.

    Raises DocumentError, with the line, for a bracket that closes nothing or is never closed
    and for what is no bracket.
    """
    fields = record.entity_fields or GUM_FIELDS
    if not {"GRP", "etype"} <= set(fields):
        raise _fault(f"“# global.Entity” names no GRP and etype: {fields}.", path, record.line)
    opened: dict[str, list[_Open]] = {}
    parts: dict[str, list[tuple[_Open, int]]] = {}
    word = -1
    for row in (row for rows in record.rows for row in rows):
        word += 1
        for bracket in _brackets(row.entity, path, row.line):
            key = bracket["closes"]
            if key is None:
                values = dict(zip(fields, bracket["opened"].split("-"), strict=False))
                key = values["GRP"]
                opened.setdefault(key, []).append(_Open(values, word, row.line))
            if bracket["closes"] is not None or bracket["closed"]:
                if not opened.get(key):
                    raise _fault(f"“{key})” closes no entity.", path, row.line)
                mention = _closed(key, opened[key].pop(), word, parts, path)
                if mention is not None:
                    yield mention
    left = [(o.line, key) for key, stack in opened.items() for o in stack]
    left += [(o[0][0].line, f"{key}[…]") for key, o in parts.items() if o]
    if left:
        line, key = min(left)
        raise _fault(f"“({key}” is never closed.", path, line)


def _brackets(entity: str, path: Path, line: int) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(entity):
        match = _BRACKET.match(entity, at)
        if match is None:
            raise _fault(f"Entity={entity[:60]!r} are no brackets of entities.", path, line)
        yield match
        at = match.end()


def _closed(
    key: str,
    first: _Open,
    last: int,
    parts: dict[str, list[tuple[_Open, int]]],
    path: Path,
) -> Mention | None:
    """The mention that is complete with this bracket; None where parts of it are to come."""
    found = [(first, last)]
    group = key
    if part := _PART.fullmatch(key):
        group, number, count = part["group"], int(part["part"]), int(part["of"])
        found = [*parts.pop(group, []), *found]
        if len(found) != number or number > count:
            raise _fault(f"“{key}” is not the next part of its entity.", path, first.line)
        if number < count:
            parts[group] = found
            return None
    values = found[0][0].values
    return Mention(
        group, values.get("etype", ""), unquote(values.get("identity", "")),
        tuple((o.word, end) for o, end in found), found[0][0].line,
    )  # fmt: skip


def _fault(message: str, path: Path, line: int) -> DocumentError:
    remedy = "Fetch the file again; each entity opens once and closes once."
    return DocumentError(Fault(message, remedy, path, line=line))
