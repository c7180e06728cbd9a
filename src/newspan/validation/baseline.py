"""What an earlier report knew already: a run against it fails only on what is new.

A row is told by its key: its `id`, `other` and `field`; a row without an id, by all its words
but `example`. Counts and offsets are no part of it, so that a text edited further up makes
nothing new. Of a key the JSON report holds 8 hexadecimal digits of its SHA-256, which is one
mistake in some 400,000 for a new row beside 10,000 known ones; keys that stand more than once
are counted. A check with more than MAX_KEYS rows has no keys: its rows are known as long as
they are not more than they were.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from newspan.errors import DocumentError, Fault
from newspan.files import read_json
from newspan.validation.outcome import Outcome

__all__ = ["FORM", "MAX_KEYS", "Baseline", "keyed", "read_baseline"]

FORM = "newspan-report/1"
"""The mark of our JSON report, and the version of its form."""
MAX_KEYS = 10_000
"""Rows of a finding that are told apart; of a finding with more, only their number counts."""
_DIGITS = 8


class Baseline(NamedTuple):
    """The findings of an earlier report."""

    path: Path
    checks: Mapping[str, tuple[int, Counter[str] | None]]
    """Code to how many rows broke the check then, and their keys."""


class _Check(msgspec.Struct):
    code: str
    failed: Annotated[int, Meta(ge=0)]
    keys: str | None = None


class _Report(msgspec.Struct):
    form: str
    checks: list[_Check]


def read_baseline(path: Path) -> Baseline:
    """The findings of a JSON report.

    Raises NewspanError where the file is missing, and DocumentError where it is no report of
    ours or of another form.
    """
    remedy = "Write one with `newspan validate --format json`."
    try:
        report = msgspec.convert(read_json(path), _Report)
    except msgspec.ValidationError as error:
        raise DocumentError(Fault(f"is no report of `newspan validate`: {error}.",
                                  remedy, path)) from error  # fmt: skip
    if report.form != FORM:
        raise DocumentError(Fault(f"has the form {report.form!r}, not {FORM!r}.", remedy, path))
    checks: dict[str, tuple[int, Counter[str] | None]] = {}
    for check in report.checks:
        keys = None if check.keys is None else Counter(check.keys.split())
        if keys is not None and keys.total() != check.failed:
            raise DocumentError(
                Fault(f"check {check.code} has {check.failed} rows and {keys.total()} keys.",
                      remedy, path)
            )  # fmt: skip
        checks[check.code] = check.failed, keys
    return Baseline(path, checks)


def keyed(outcome: Outcome, baseline: Baseline | None, max_rows: int) -> Outcome:
    """The outcome with keys and only its first `max_rows` rows; new ones first with a baseline.

    Its rows must be all that break the check, or more than MAX_KEYS.
    """
    complete = len(outcome.rows) == outcome.failed <= MAX_KEYS
    keys = [_key(row) for row in outcome.rows] if complete else None
    made = replace(outcome, keys=None if keys is None else tuple(sorted(keys)))
    if baseline is None:
        return replace(made, rows=outcome.rows[:max_rows])
    before, known = baseline.checks.get(outcome.check.code, (0, Counter()))
    if keys is None or known is None:
        new = max(0, outcome.failed - before)
        return replace(made, rows=outcome.rows[:max_rows], new=new)
    fresh, old = _parted(zip(keys, outcome.rows, strict=True), known)
    return replace(made, rows=tuple([*fresh, *old][:max_rows]), new=len(fresh))


def _parted(
    rows: Iterable[tuple[str, Mapping[str, Any]]], known: Counter[str]
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """(the rows that are not known, the others); a key is known as often as it stood before."""
    left = known.copy()
    fresh: list[Mapping[str, Any]] = []
    old: list[Mapping[str, Any]] = []
    for key, row in rows:
        (old if left[key] > 0 else fresh).append(row)
        left[key] -= 1
    return fresh, old


def _key(row: Mapping[str, Any]) -> str:
    if row.get("id") is not None:
        named = {name: row.get(name) for name in ("id", "other", "field")}
    else:
        named = {n: v for n, v in row.items() if isinstance(v, str) and n != "example"}
    # ASCII, as a value may hold half a surrogate pair; sorted, as a query may order its columns.
    words = json.dumps(named or dict(row), sort_keys=True, default=str)
    return hashlib.sha256(words.encode("ascii")).hexdigest()[:_DIGITS]
