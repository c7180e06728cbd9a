"""Great Expectations behind one function: run checks of one view, get plain outcomes.

Great Expectations is imported when first used, which takes several seconds. It works
in an ephemeral context: nothing is written, nothing is sent anywhere.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from newspan.errors import DocumentError, Fault, MissingExtra
from newspan.validation.outcome import MAX_ROWS, Outcome
from newspan.validation.rule import define_rule, known_as, plain_value
from newspan.validation.suites import Check

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

__all__ = ["library", "quiet", "run_rules", "run_stock"]


def run_rules(
    checks: Sequence[Check], connection: duckdb.DuckDBPyConnection, rows: Mapping[str, int],
    limit: int = MAX_ROWS,
) -> list[Outcome]:  # fmt: skip
    """Run SQL rules over the views of a connection, counting exactly.

    `rows` is the number of rows of each view, `limit` how many rows of a finding are kept.

    Raises MissingExtra without Great Expectations, DocumentError where it knows no such rule.
    """
    with quiet():
        gx = library()
        import pandas as pd

        define_rule()
        with known_as(connection, rows, limit) as name:
            anchor = pd.DataFrame({"views": [name]})
            return _validate(gx, checks, anchor, {"result_format": "COMPLETE"})


def run_stock(
    checks: Sequence[Check], frame: pd.DataFrame, keys: Sequence[str], limit: int = MAX_ROWS
) -> list[Outcome]:
    """Run stock expectations over a small frame; `keys` are the columns that name a row.

    At most `limit` rows of a finding are kept.

    Raises MissingExtra without Great Expectations, DocumentError for an unknown expectation.
    """
    with quiet():
        gx = library()
        found = {o.check.code: o for o in _validate(gx, checks, frame, {"result_format": "BASIC"})}
        # To name the rows costs more than to count them, so only what failed is asked again.
        again = [o.check for o in found.values() if o.failed]
        if again:
            wanted = {
                "result_format": "SUMMARY",
                "unexpected_index_column_names": list(keys),
                "partial_unexpected_count": max(limit, 1),
            }
            for o in _validate(gx, again, frame, wanted):
                rows = tuple(_ordered(row, keys) for row in o.rows)
                found[o.check.code] = replace(o, rows=rows)
        return [found[c.code] for c in checks]


def _ordered(row: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """The row with what names it in front of what is wrong with it."""
    return {k: row[k] for k in keys if k in row} | dict(row)


@contextmanager
def quiet() -> Iterator[None]:
    """No warnings, log lines or progress bars of the library's own."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


@cache
def library() -> Any:
    """Great Expectations, imported when first asked for. Raises MissingExtra without it."""
    try:
        import great_expectations
    except ImportError as error:
        raise MissingExtra(
            Fault("the checks need Great Expectations.", "Run `pip install 'newspan[validate]'`.")
        ) from error
    return great_expectations


@cache
def _batch_definition() -> Any:
    context = library().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("newspan")
    return source.add_dataframe_asset("view").add_batch_definition_whole_dataframe("whole")


def _validate(
    gx: Any, checks: Sequence[Check], frame: pd.DataFrame, result_format: Mapping[str, Any]
) -> list[Outcome]:
    configurations = [
        {"type": c.type, "severity": c.level, "notes": c.meaning, "meta": {"code": c.code},
         "kwargs": c.kwargs}
        for c in checks
    ]  # fmt: skip
    batch = _batch_definition().get_batch(batch_parameters={"dataframe": frame})
    try:
        suite = gx.ExpectationSuite(name="view", expectations=configurations)
    except Exception as error:
        raise DocumentError(
            Fault(f"Great Expectations refuses a check of {_codes(checks)}: {error}",
                  "Correct its kwargs.")
        ) from error  # fmt: skip
    read = {e.meta["code"] for e in suite.expectations}
    if lost := [c for c in checks if c.code not in read]:
        raise DocumentError(
            *(Fault(f"check {c.code}: Great Expectations cannot read {c.type}.",
                    "Correct its type, severity or kwargs.") for c in lost)
        )  # fmt: skip
    results = batch.validate(suite, result_format=dict(result_format)).results
    by_code = {r.expectation_config.meta["code"]: r for r in results}
    return [_outcome(c, by_code.get(c.code)) for c in checks]


def _codes(checks: Sequence[Check]) -> str:
    return ", ".join(c.code for c in checks)


def _outcome(check: Check, result: Any) -> Outcome:
    if result is None:
        return Outcome(check, 0, 0, error="no result")
    found = result.result or {}
    error = _exception(result.exception_info)
    of = int(found.get("element_count") or 0)
    if error is not None:
        return Outcome(check, 0, of, error=error)
    if result.success:
        return Outcome(check, 0, of)
    rows = found.get("partial_unexpected_index_list")
    if rows is None:
        rows = [{"observed": found.get("observed_value")}]
    failed = int(found.get("unexpected_count") or 1)
    return Outcome(check, failed, of, tuple(_plain(row) for row in rows))


def _exception(info: Any) -> str | None:
    """The message of an exception; nested by metric where a metric raised."""
    if not isinstance(info, Mapping) or info.get("raised_exception") is False:
        return None
    if "exception_message" in info:
        return str(info["exception_message"]).strip().splitlines()[0]
    for nested in info.values():
        if isinstance(nested, Mapping) and nested.get("raised_exception"):
            return str(nested["exception_message"]).strip().splitlines()[0]
    return None


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with values that JSON holds; a missing value is None."""
    return {key: plain_value(value) for key, value in row.items()}
