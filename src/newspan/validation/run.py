"""Run the checks over a corpus folder: gate first, then the views, then the suites."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from newspan.errors import DocumentError, Fault
from newspan.validation.baseline import MAX_KEYS, Baseline, keyed
from newspan.validation.corpus_files import BLOCKING
from newspan.validation.engine import run_rules, run_stock
from newspan.validation.gate import Gate
from newspan.validation.held import expected_rows, refuse_lost_rows
from newspan.validation.inapplicable import applicable
from newspan.validation.inputs import read_input
from newspan.validation.outcome import MAX_ROWS, Outcome, Report
from newspan.validation.places import with_places
from newspan.validation.selection import Selection, select_by
from newspan.validation.settings import Settings, find_settings
from newspan.validation.suite_file import named_columns
from newspan.validation.suites import SQL_RULE, Check, Suite, load_suites
from newspan.validation.views import Views, build_views

__all__ = ["DEFAULT", "KEYS", "Asked", "blocked_report", "stock_query", "validate"]

KEYS: dict[str, tuple[str, ...]] = {
    "files": ("path",),
    "articles": ("id",),
    "entities": ("id",),
    "labels": ("record", "layer", "field", "value", "rows", "example"),
    "missing_values": ("record", "layer", "field", "example"),
    "units": ("kind", "unit", "numbers", "example"),
    "stories": ("story", "example"),
    "distribution": ("split", "layer", "articles"),
    "shares": ("layer", "field", "value", "split", "share", "rest_share", "stories"),
    "figures": ("story", "figure", "numbers", "example"),
    "derived": ("table", "split", "rows", "expected"),
}
"""View to the columns that name a row of it: the views small enough for stock expectations."""


class Asked(NamedTuple):
    """What a run is asked for besides the checks themselves."""

    max_rows: int = MAX_ROWS
    """Rows of a finding that are kept."""
    keys: bool = False
    """Whether every row gets a key, so that the report can be a baseline."""
    baseline: Baseline | None = None
    """What is known from an earlier run."""

    @property
    def limit(self) -> int:
        """Rows of a finding to fetch."""
        return max(self.max_rows, MAX_KEYS + 1) if self.keys or self.baseline else self.max_rows

    @property
    def compared(self) -> Path | None:
        """The report that says what is known."""
        return None if self.baseline is None else self.baseline.path

    def kept(self, outcome: Outcome) -> Outcome:
        """The outcome with the rows that are kept of those fetched."""
        if self.keys or self.baseline:
            return keyed(outcome, self.baseline, self.max_rows)
        return replace(outcome, rows=outcome.rows[: self.max_rows])


DEFAULT = Asked()


def validate(
    path: Path,
    *,
    suites: Path | None = None,
    settings: Settings | None = None,
    only: Collection[str] = (),
    skip: Mapping[str, str] | None = None,
    asked: Asked = DEFAULT,
) -> Report:
    """Check a corpus: a folder of its Parquet tables, a checkout that holds `corpus/`, JSON
    Lines in a file or a folder, or a Label Studio export.

    A file that is missing, unreadable or of another schema is reported at once, without
    loading Great Expectations, and the other suites are not run. `suites` is a folder of
    other suites than the project's own; `settings` are those found at the path where none are
    given; `only` names the checks to run; `skip` those to leave out, with the reason.

    Raises NewspanError where the checks cannot run: no corpus there, a suite that cannot be
    read, a code that no check has, a library missing.
    """
    settings = find_settings(Path(path)) if settings is None else settings
    loaded = load_suites(suites, settings)
    chosen = select_by(settings, loaded, only, skip)
    given = read_input(Path(path))
    chosen = applicable(chosen, given)
    gate = given.gate
    if gate.blocked:
        return blocked_report(gate, loaded[0].checks, chosen, asked)
    expected = expected_rows(gate.tables)
    views = build_views(gate)
    try:
        refuse_lost_rows(expected, views.rows)
        found = map(asked.kept, _outcomes(chosen.suites, views, asked.limit))
        outcomes = with_places(found, views.connection)
    finally:
        views.connection.close()
    return Report(
        gate.folder, outcomes, (), views.held,
        skipped=chosen.skipped, left_out=chosen.left_out, baseline=asked.compared,
        altered=chosen.altered,
    )  # fmt: skip


def blocked_report(gate: Gate, files: Sequence[Check], chosen: Selection, asked: Asked) -> Report:
    """What is wrong with the files, where it is such that nothing else can be checked.

    That is reported even if it was not asked for, skipped or known: a run that checked nothing
    must not pass.
    """
    own = {check.code for check in chosen.suites[0].checks}
    unknown = asked._replace(baseline=None)
    outcomes = []
    for o in _direct(files, gate):
        if o.failed and o.check.kwargs.get("column") in BLOCKING:
            outcomes.append(unknown.kept(o))
        elif o.check.code in own:
            outcomes.append(asked.kept(o))
    told = {o.check.code for o in outcomes}
    why = f"{_blocking_file(gate)} must be mended first"
    return Report(
        gate.folder, tuple(outcomes),
        tuple((s.name, why) for s in chosen.suites[1:] if s.checks),
        skipped=tuple(skip for skip in chosen.skipped if skip[0].code not in told),
        left_out=chosen.left_out, baseline=asked.compared, altered=chosen.altered,
    )  # fmt: skip


def _outcomes(suites: Iterable[Suite], views: Views, limit: int) -> tuple[Outcome, ...]:
    """All outcomes in the order of the suites; one batch a view, so it is hashed once."""
    checks = [check for suite in suites for check in suite.checks]
    _refuse_unknown_views(checks, views)
    _refuse_unknown_columns(checks, views)
    rules = [c for c in checks if c.type == SQL_RULE]
    found = {}
    if rules:
        found = {o.check.code: o for o in run_rules(rules, views.connection, views.rows, limit)}
    for view, keys in KEYS.items():
        own = [c for c in checks if c.type != SQL_RULE and c.view == view]
        if own:
            frame = views.connection.sql(stock_query(own, view, keys)).to_arrow_table()
            found |= {o.check.code: o for o in run_stock(own, frame.to_pandas(), keys, limit)}
    return tuple(found[check.code] for check in checks)


def stock_query(checks: Sequence[Check], view: str, keys: Sequence[str]) -> str:
    """The query for the columns of a view that its checks look at: what is left out need be
    neither copied nor hashed."""
    wanted = dict.fromkeys([*keys, *(c for check in checks for c in named_columns(check.kwargs))])
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


def _refuse_unknown_columns(checks: Sequence[Check], views: Views) -> None:
    faults = []
    for c in checks:
        if c.type != SQL_RULE:
            found = views.connection.execute(f'select * from "{c.view}" limit 0').description
            known = {column[0] for column in found or ()}
            faults += [
                Fault(f"check {c.code} names the column {name!r}, which {c.view} has not.",
                      f"Columns: {', '.join(sorted(known))}.")
                for name in named_columns(c.kwargs) if name not in known
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
        if check.view != "files":
            yield Outcome(check, 0, 0)  # where files are, no documents were read
            continue
        column = str(check.kwargs.get("column"))
        if check.type != "expect_column_values_to_be_null" or column not in gate.files.column_names:
            yield Outcome(check, 0, 0, error="only a column of problems expected to be null")
            continue
        found = tuple({"path": row["path"], column: row[column]} for row in rows if row[column])
        yield Outcome(check, len(found), len(rows), found)
