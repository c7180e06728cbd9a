"""The report as JSON: every check, its counts, the rows kept, and what later runs compare with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from newspan.validation.baseline import FORM
from newspan.validation.outcome import Outcome, Report
from newspan.validation.places import Place

__all__ = ["render_json"]


def render_json(report: Report, *, strict: bool = False) -> str:
    """The report as JSON; it can be the baseline of a later run."""
    value = {
        "form": FORM,
        "path": str(report.path),
        "exit_code": report.exit_code(strict=strict),
        "baseline": None if report.baseline is None else str(report.baseline),
        "rows": dict(report.rows or {}),
        "not_run": [{"suite": suite, "reason": why} for suite, why in report.not_run],
        "skipped": [
            {"code": check.code, "meaning": check.meaning, "reason": reason}
            for check, reason in report.skipped
        ],
        "left_out": report.left_out,
        "altered": [a._asdict() | {"path": str(a.path)} for a in report.altered],
        "checks": [_check(o) for o in report.outcomes],
    }
    # ASCII only: a row may turn the direction of a terminal.
    return json.dumps(_whole(value), indent=1, ensure_ascii=True) + "\n"


def _whole(value: Any) -> Any:
    """The value without half a surrogate pair, as a path may have, which strict readers refuse."""
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def _check(o: Outcome) -> dict[str, Any]:
    return {
        "code": o.check.code, "suite": o.check.suite, "level": o.check.level,
        "meaning": o.check.meaning, "remedy": o.check.remedy,
        "view": o.check.view, "failed": o.failed, "new": o.new, "of": o.of,
        "rows": [_row(row, places) for row, places in o.located()], "error": o.error,
        "keys": None if o.keys is None else " ".join(o.keys),
    }  # fmt: skip


def _row(row: Mapping[str, Any], places: Sequence[Place]) -> dict[str, Any]:
    """The row, and under `context` what it is about, unless it has a column of that name."""
    context = {"context": [_place(place) for place in places]} if places else {}
    return context | dict(row)


def _place(place: Place) -> dict[str, Any]:
    value = {
        "role": place.role, "kind": place.kind, "id": place.id, "split": place.split,
        "article": place.article, "layer": place.layer,
        "fragments": [{"start": s, "end": e} for s, e in place.fragments],
        "words": [{"text": part.text, "marked": part.marked} for part in place.parts],
    }  # fmt: skip
    return {name: given for name, given in value.items() if given not in (None, [])}
