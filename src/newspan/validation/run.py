"""Run the checks over a corpus folder: gate first, then the views, then the suites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from newspan.errors import DocumentError, Fault
from newspan.validation.engine import run_rules, run_stock
from newspan.validation.gate import BLOCKING, Gate, corpus_folder, inspect
from newspan.validation.report import MAX_ROWS, Outcome, Report
from newspan.validation.suites import SQL_RULE, Check, Suite, load_suites
from newspan.validation.views import Views, build_views

__all__ = ["validate"]

KEYS: dict[str, tuple[str, ...]] = {
    "files": ("path",),
    "articles": ("id",),
    "entities": ("id",),
    "labels": ("record", "layer", "field", "value", "rows", "example"),
    "missing_values": ("record", "layer", "field", "example"),
    "units": ("kind", "unit", "numbers", "example"),
    "stories": ("story", "example"),
    "distribution": ("split", "layer", "articles"),
    "derived": ("table", "split", "rows", "expected"),
}
"""View to the columns that name a row of it: the views small enough for stock expectations."""


def validate(path: Path, *, suites: Path | None = None) -> Report:
    """Check a corpus: a folder of its Parquet tables, or a checkout that holds `corpus/`.

    A file that is missing, unreadable or of another schema is reported at once, without
    loading Great Expectations, and the other suites are not run. `suites` is a folder of
    other suites than the project's own.

    Raises NewspanError where the checks cannot run: no corpus there, a suite that cannot be
    read, a library missing.
    """
    loaded = load_suites(suites)
    gate = inspect(corpus_folder(Path(path)))
    if gate.blocked:
        files, *rest = loaded
        why = f"{_blocking_file(gate)} must be mended first"
        return Report(
            gate.folder, tuple(_direct(files.checks, gate)), tuple((s.name, why) for s in rest)
        )
    views = build_views(gate)
    try:
        outcomes = _outcomes(loaded, views)
    finally:
        views.connection.close()
    return Report(gate.folder, outcomes, (), views.held)


def _outcomes(suites: Iterable[Suite], views: Views) -> tuple[Outcome, ...]:
    """All outcomes in the order of the suites; one batch a view, so it is hashed once."""
    checks = [check for suite in suites for check in suite.checks]
    _refuse_unknown_views(checks, views)
    found = {o.check.code: o for o in run_rules([c for c in checks if c.type == SQL_RULE],
                                                views.connection, views.rows)}  # fmt: skip
    for view, keys in KEYS.items():
        own = [c for c in checks if c.type != SQL_RULE and c.view == view]
        if own:
            frame = views.connection.sql(_select(own, view, keys)).to_arrow_table()
            found |= {o.check.code: o for o in run_stock(own, frame.to_pandas(), keys)}
    return tuple(found[check.code] for check in checks)


def _select(checks: Sequence[Check], view: str, keys: Sequence[str]) -> str:
    """The query for the columns of a view that its checks look at: what is left out need be
    neither copied nor hashed."""
    wanted = dict.fromkeys(keys)
    for kwargs in (check.kwargs for check in checks):
        wanted |= dict.fromkeys([kwargs["column"]] if "column" in kwargs else [])
        wanted |= dict.fromkeys(kwargs.get("column_list", []))
        condition = kwargs.get("row_condition")
        wanted |= dict.fromkeys([condition["column"]["name"]] if condition else [])
    columns = ", ".join(f'"{name}"' for name in wanted)
    return f'select {columns} from "{view}"'  # names come from the suites


def _refuse_unknown_views(checks: Sequence[Check], views: Views) -> None:
    known = {True: frozenset(views.rows), False: frozenset(KEYS)}
    faults = [
        Fault(f"check {c.code} is over {c.view!r}, which is no view.",
              f"Views: {', '.join(sorted(known[c.type == SQL_RULE]))}.")
        for c in checks
        if c.view not in known[c.type == SQL_RULE]
    ]  # fmt: skip
    if faults:
        raise DocumentError(*faults)


def _blocking_file(gate: Gate) -> str:
    rows = gate.files.to_pylist()
    return next(str(r["path"]) for r in rows if any(r[name] is not None for name in BLOCKING))


def _direct(checks: Sequence[Check], gate: Gate) -> Iterable[Outcome]:
    """The outcomes of the suite `files` without Great Expectations.

    All its checks expect a column to be null, which needs no library.
    """
    rows = gate.files.to_pylist()
    for check in checks:
        column = str(check.kwargs.get("column"))
        if check.type != "expect_column_values_to_be_null" or column not in gate.files.column_names:
            yield Outcome(check, 0, 0, error="only a column of problems expected to be null")
            continue
        found = tuple({"path": row["path"], column: row[column]} for row in rows if row[column])
        yield Outcome(check, len(found), len(rows), found[:MAX_ROWS])
