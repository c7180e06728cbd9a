"""Run the checks over a corpus folder on Spark: the same suites, the same report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newspan.errors import DocumentError, Fault, NewspanError
from newspan.validation.engine import run_stock
from newspan.validation.gate import corpus_folder
from newspan.validation.held import refuse_lost_rows
from newspan.validation.inapplicable import applicable
from newspan.validation.inputs import Input
from newspan.validation.outcome import Outcome, Report
from newspan.validation.run import DEFAULT, KEYS, Asked, blocked_report, stock_query
from newspan.validation.selection import Selection, select_by
from newspan.validation.settings import Settings, find_settings
from newspan.validation.shapes import shapes
from newspan.validation.spark.counting import outcomes_on, said
from newspan.validation.spark.files import look_at_files
from newspan.validation.spark.found import with_places_on
from newspan.validation.spark.session import spark_session
from newspan.validation.spark.views import SparkViews, build_views
from newspan.validation.suite_file import named_columns
from newspan.validation.suites import SQL_RULE, Check, Suite, load_suites
from newspan.validation.views import LAYER_VIEWS

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import SparkSession

__all__ = ["validate"]

AGGREGATES = ("files", "labels", "missing_values", "units", "distribution", "shares")
"""Views that do not grow with the corpus: Great Expectations looks at them here."""
MOST_COLLECTED = 10_000
"""Rows of such a view up to which that is so, lest odd labels flood this process."""


def validate(
    path: Path,
    *,
    suites: Path | None = None,
    settings: Settings | None = None,
    only: Collection[str] = (),
    skip: Mapping[str, str] | None = None,
    asked: Asked = DEFAULT,
) -> Report:
    """Check a folder of Parquet tables, or a checkout, on Spark; as `newspan.validation.validate`.

    Every executor has to see the folder under the same path, and to have newspan installed.
    Raises MissingExtra without PySpark, and NewspanError without Java, where Spark fails, and
    where the local engine does.
    """
    settings = find_settings(Path(path)) if settings is None else settings
    loaded = load_suites(suites, settings)
    chosen = select_by(settings, loaded, only, skip)
    folder = corpus_folder(Path(path))
    with spark_session() as session:
        from pyspark.errors import PySparkException

        try:
            return _checked(session, folder, loaded, chosen, asked)
        except PySparkException as error:
            raise NewspanError(
                Fault(f"Spark fails: {said(error)}",
                      "Look whether every executor sees the folder and has newspan installed.",
                      folder)
            ) from error  # fmt: skip


def _checked(
    session: SparkSession, folder: Path, loaded: Sequence[Suite], chosen: Selection, asked: Asked
) -> Report:
    gate = look_at_files(session, folder)
    chosen = applicable(chosen, Input("tables", gate))
    if gate.blocked:
        return blocked_report(gate, loaded[0].checks, chosen, asked)
    views = build_views(session, gate)
    try:
        checks = [check for suite in chosen.suites for check in suite.checks]
        _refuse_unknown(checks, views)
        scopes = {str(c.view) for c in checks if c.type == SQL_RULE}
        rows = views.rows({*views.expected, *scopes})
        refuse_lost_rows(views.expected, rows)
        found = [asked.kept(o) for o in _outcomes(checks, views, rows, asked.limit)]
        return Report(
            folder, with_places_on(found, views), (), views.held,
            skipped=chosen.skipped, left_out=chosen.left_out, baseline=asked.compared,
            altered=chosen.altered,
        )  # fmt: skip
    finally:
        views.release()


def _refuse_unknown(checks: Sequence[Check], views: SparkViews) -> None:
    """Raise DocumentError where a check is over no view, or names a column that it has not."""
    faults = []
    for c in checks:
        stock = c.type != SQL_RULE
        known = frozenset(KEYS) if stock else views.names
        if c.view not in known:
            faults.append(
                Fault(f"check {c.code} is over {c.view!r}, which is no view.",
                      f"Views: {', '.join(sorted(known))}.")
            )  # fmt: skip
        elif stock:
            columns = views.session.table(c.view).columns
            faults += [
                Fault(f"check {c.code} names the column {name!r}, which {c.view} has not.",
                      f"Columns: {', '.join(sorted(columns))}.")
                for name in named_columns(c.kwargs) if name not in columns
            ]  # fmt: skip
    if faults:
        raise DocumentError(*faults)


def _outcomes(
    checks: Sequence[Check], views: SparkViews, rows: Mapping[str, int], limit: int
) -> Iterator[Outcome]:
    """The outcomes in the order of the checks."""
    found: dict[str, Outcome] = {}
    for view in AGGREGATES:
        own = [c for c in checks if c.type != SQL_RULE and c.view == view]
        if own:
            query = stock_query(own, view, KEYS[view]).replace('"', "`")
            table = views.session.sql(query).limit(MOST_COLLECTED + 1).toArrow()
            if table.num_rows <= MOST_COLLECTED:
                frame = _in_order(table.to_pandas(), view)
                found |= {o.check.code: o for o in run_stock(own, frame, KEYS[view], limit)}
    others = [c for c in checks if c.code not in found]
    uncounted = {str(c.view) for c in others} - rows.keys()
    counted = {view: views.session.table(view).count() for view in sorted(uncounted)}
    found |= outcomes_on(others, views, {**rows, **counted}, limit)
    return (found[check.code] for check in checks)


def _in_order(table: pd.DataFrame, view: str) -> pd.DataFrame:
    """The rows of a small view in the order of the local engine."""
    if view in ("labels", "missing_values"):
        records = ("article", "span", *LAYER_VIEWS, "relation", "entity")
        fields = [(s.record, s.layer, s.field) for name in records for s in shapes(name)]
        order = {field: at for at, field in enumerate(fields)}
        table["_field"] = [
            order[record, layer if isinstance(layer, str) else None, field]
            for record, layer, field in zip(
                table["record"], table["layer"], table["field"], strict=True
            )
        ]
        by = ["_field", "value"] if view == "labels" else ["_field"]
        return table.sort_values(by, ignore_index=True).drop(columns="_field")
    return table.sort_values(list(KEYS[view]), ignore_index=True)
