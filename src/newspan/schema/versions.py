"""Versions of the data model: which can be read here, and how an older one becomes this one.

A change of the model steps SCHEMA_VERSION and puts a Migration into MIGRATIONS. A minor step
adds something that older data can do without; a major step changes what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from newspan.errors import DocumentError, Fault
from newspan.schema.model import SCHEMA_VERSION

__all__ = [
    "MIGRATIONS", "Migration", "refuse_unreadable", "route", "stated_version", "version_problem",
]  # fmt: skip

Json = dict[str, Any]


class Migration(NamedTuple):
    """One step from a version to the next, on plain JSON values.

    `document` and `entity` take and give what JSON Schema describes for their version: a document
    with article, spans and relations, and an entity. They are pure, and change nothing else.
    """

    source: str
    target: str
    meaning: str
    """What changes, for whoever runs it."""
    document: Callable[[Json], Json]
    entity: Callable[[Json], Json]


MIGRATIONS: tuple[Migration, ...] = ()
"""Every step there has been, the oldest first. The schema has not changed since 1.0."""


def route(version: str, steps: Sequence[Migration] | None = None) -> list[Migration] | None:
    """The steps from a version to this one, in order; None where there is no way."""
    known = {m.source: m for m in (MIGRATIONS if steps is None else steps)}
    found: list[Migration] = []
    while version != SCHEMA_VERSION:
        step = known.pop(version, None)
        if step is None:
            return None
        found.append(step)
        version = step.target
    return found


def version_problem(stated: str) -> str | None:
    """Why data of a version cannot be read here, None if they can: a later minor step may hold
    what this package does not know, and another major step means something else."""
    number, own = _number(stated), _number(SCHEMA_VERSION)
    if number is not None and own is not None and number[0] == own[0] and number <= own:
        return None
    return f"schema {stated}; this package reads {SCHEMA_VERSION}"


UNSTATED = "unknown"
"""What stands for the schema version of a table that does not say it."""


def stated_version(schema: pa.Schema) -> str:
    """The schema version a table says it was written with, or UNSTATED."""
    metadata = schema.metadata or {}
    return str(metadata.get(b"newspan.schema_version", UNSTATED.encode()), "utf-8", "replace")


def refuse_unreadable(stated: str, path: Path) -> None:
    """Raise DocumentError where data of a version cannot be read here, with what to do: install a
    later newspan, migrate, or install the newspan that wrote them. Data that say none are let pass:
    their columns are looked at anyway."""
    problem = None if stated == UNSTATED else version_problem(stated)
    if problem is None:
        return
    number, own = _number(stated), _number(SCHEMA_VERSION)
    if number is not None and own is not None and number > own:
        remedy = "Install a later newspan: pip install --upgrade newspan."
    elif route(stated):
        remedy = "Run `newspan migrate` on it."
    else:
        remedy = "Install the newspan that wrote it; there is no migration from there."
    raise DocumentError(Fault(f"was written with {problem}.", remedy, path))


def _number(version: str) -> tuple[int, int] | None:
    major, _, minor = version.partition(".")
    if not (major.isascii() and minor.isascii() and major.isdigit() and minor.isdigit()):
        return None
    if len(version) > 20:
        return None
    return int(major), int(minor)
