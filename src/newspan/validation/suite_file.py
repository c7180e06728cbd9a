"""One file of a suite, read so strictly that nothing in it can be lost on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from newspan.errors import DocumentError, Fault
from newspan.files import read_json, read_text, refuse_irregular
from newspan.validation.placeholders import filled
from newspan.validation.settings import Level, Settings

__all__ = ["SQL_RULE", "Check", "Suite", "named_columns", "read_checks"]

SQL_RULE = "expect_no_violating_rows"
"""The project's own expectation: SQL over the views that finds what must not be there."""

_Sentence = Annotated[str, Meta(min_length=10)]


class Check(NamedTuple):
    """One data-quality check, ready to run."""

    code: str
    level: Level
    meaning: str
    """What it catches, one sentence."""
    remedy: str
    suite: str
    view: str
    """The view it looks at; for an SQL rule, the one whose rows it counts."""
    type: str
    """Name of the expectation."""
    kwargs: dict[str, Any]
    stated: Level | None = None
    """Its level in the suite, where the settings give it a level; None where they do not."""


class Suite(NamedTuple):
    """A file of checks."""

    name: str
    checks: tuple[Check, ...]


class _Meta(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, Meta(pattern="^[A-Z][0-9]{2}$")]
    remedy: _Sentence
    view: str | None = None


class _Expectation(msgspec.Struct, forbid_unknown_fields=True):
    type: Annotated[str, Meta(pattern="^expect_[a-z_]+$")]
    severity: Level
    notes: _Sentence
    meta: _Meta
    kwargs: dict[str, Any]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    expectations: Annotated[list[_Expectation], Meta(min_length=1)]


def read_checks(path: Path, name: str, letter: str, settings: Settings) -> list[Check]:
    """The checks of a suite's file, whose codes begin with a letter, placeholders filled in.

    Raises DocumentError for the first thing in it that is not as it must be.
    """

    def fault(message: str, remedy: str) -> DocumentError:
        return DocumentError(Fault(message, remedy, path))

    try:
        refuse_irregular(path)
        found = msgspec.convert(read_json(path), _File)
    except msgspec.ValidationError as error:
        raise fault(f"{error}.", "See validation/README.md.") from error
    if twice := _keys_given_twice(path):
        raise fault(f"has the key {twice!r} twice in one object.", "Keep one.")
    if found.name != name:
        raise fault(f"the suite is named {found.name!r}.", "Name it as its file.")
    made = []
    for e in found.expectations:
        if e.meta.code[0] != letter:
            raise fault(f"code {e.meta.code} is not of this suite.", f"Begin it with {letter}.")
        try:
            made.append(_check(e, name, settings))
        except LookupError as error:
            raise fault(f"check {e.meta.code}: {error.args[0]}.", error.args[-1]) from error
    return made


def _check(e: _Expectation, suite: str, settings: Settings) -> Check:
    """A check as it is run. Raises LookupError, with a clause and what to do."""
    view = e.kwargs.get("scope") if e.type == SQL_RULE else e.meta.view
    if not isinstance(view, str):
        key = "kwargs.scope" if e.type == SQL_RULE else "meta.view"
        raise LookupError("it names no view", f"Add {key}.")
    if not _is_plain_condition(e.kwargs.get("row_condition")):
        raise LookupError(
            "its row_condition is no comparison of a column",
            'Write {"type": "comparison", "column": {"name": …}, "operator": "==", …}.',
        )
    meaning, kwargs = filled(e.notes, settings), filled(e.kwargs, settings)
    if odd := [c for c in named_columns(kwargs) if not _COLUMN.fullmatch(c)]:
        raise LookupError(f"{odd[0]!r} is no column", "Correct the name.")
    return Check(e.meta.code, e.severity, meaning, e.meta.remedy, suite, view, e.type, kwargs)


_COLUMN = re.compile("[A-Za-z_][A-Za-z0-9_]*")


def named_columns(kwargs: Mapping[str, Any]) -> list[str]:
    """The columns that a stock expectation names, those of its row condition too."""
    values = [value for key, value in kwargs.items() if key.startswith("column")]
    condition = kwargs.get("row_condition")
    values += [condition["column"]["name"]] if condition else []
    return [str(name) for v in values for name in (v if isinstance(v, list) else [v])]


def _keys_given_twice(path: Path) -> str | None:
    """A key that an object of a JSON file has twice, of which a reader would drop one."""
    twice: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> None:
        keys = [key for key, _ in found]
        twice.extend(key for key in keys if keys.count(key) > 1)

    json.loads(read_text(path), object_pairs_hook=pairs)
    return twice[0] if twice else None


def _is_plain_condition(condition: Any) -> bool:
    """Whether a row condition is a comparison of a column with a value, or there is none.

    Great Expectations makes a query of it that pandas evaluates as Python.
    """
    if condition is None:
        return True
    if not isinstance(condition, dict) or set(condition) != _CONDITION:
        return False
    column, value = condition["column"], condition["parameter"]
    return (
        condition["type"] == "comparison"
        and condition["operator"] in ("==", "!=", "<", "<=", ">", ">=")
        and isinstance(column, dict)
        and set(column) == {"name"}
        and isinstance(column["name"], str)
        and re.fullmatch("[a-z0-9_]+", column["name"]) is not None
        and (
            isinstance(value, bool | int | float)
            or (isinstance(value, str) and re.fullmatch("[A-Za-z0-9_:{}. -]*", value) is not None)
        )
    )


_CONDITION = {"type", "column", "operator", "parameter"}
