"""The project's own expectation: a query over the views finds no row.

Great Expectations sees a frame of one row that names the views, so nothing is copied or
hashed; the metric runs the query in DuckDB and hands back an exact count and a few rows.
"""

# The library passes arguments by name and the class where there would be an instance.
# ruff: noqa: ARG002, N805

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from newspan.validation.outcome import MAX_ROWS
from newspan.validation.suites import SQL_RULE

if TYPE_CHECKING:
    import duckdb

__all__ = ["define_rule", "known_as", "plain_value", "violations"]

_VIEWS: dict[str, tuple[duckdb.DuckDBPyConnection, Mapping[str, int], int]] = {}
"""Name to the views of that name, how many rows each has, and how many a finding may keep."""


@contextmanager
def known_as(
    connection: duckdb.DuckDBPyConnection, rows: Mapping[str, int], limit: int = MAX_ROWS
) -> Iterator[str]:
    """A name by which a metric finds the views, as long as the context lasts."""
    name = f"views-{id(connection)}"
    _VIEWS[name] = connection, rows, limit
    try:
        yield name
    finally:
        del _VIEWS[name]


def violations(
    connection: duckdb.DuckDBPyConnection, query: str, limit: int = MAX_ROWS
) -> tuple[int, list[dict[str, Any]]]:
    """(how many rows the query finds, exactly; the first `limit` of them, at least one)."""
    if [s.type.name for s in connection.extract_statements(query)] != ["SELECT"]:
        raise ValueError("the query is not one SELECT")
    # A query may be anybody's, and a SELECT can delete and insert within itself.
    connection.execute("begin transaction read only")
    try:
        cursor = connection.execute(
            f"with found as ({query}\n) "  # a comment may end it
            f"select *, count(*) over () as n from found limit {max(limit, 1)}"
        )
        names = [d[0] for d in cursor.description or ()][:-1]
        rows = cursor.fetchall()
    finally:
        connection.execute("rollback")
    plain = [dict(zip(names, map(plain_value, row[:-1]), strict=True)) for row in rows]
    return (rows[0][-1] if rows else 0), plain


def plain_value(value: Any) -> Any:
    """The value as JSON holds it; what JSON does not know, as text."""
    item = value.item() if hasattr(value, "item") else value
    if item is None or isinstance(item, str | bool | int):
        return item
    if isinstance(item, float):
        return None if item != item else item
    return str(item)


@cache
def define_rule() -> None:
    """Define, and so register, the expectation SQL_RULE and its metric."""
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import BatchExpectation
    from great_expectations.expectations.metrics.metric_provider import metric_value
    from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

    class ViolatingRows(TableMetricProvider):  # type: ignore[misc]
        """Exact count of the rows a query finds, the first of them, and the rows of the scope."""

        metric_name = "newspan.violating_rows"
        value_keys = ("query", "scope")

        @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
        def _pandas(  # the library passes the class
            cls, execution_engine: Any, metric_domain_kwargs: dict[str, Any],
            metric_value_kwargs: dict[str, Any], metrics: dict[str, Any],
            runtime_configuration: dict[str, Any],
        ) -> Any:  # fmt: skip
            frame, _, _ = execution_engine.get_compute_domain(
                metric_domain_kwargs, domain_type="table"
            )
            connection, rows, limit = _VIEWS[frame["views"][0]]
            of = rows[metric_value_kwargs["scope"]]
            return *violations(connection, metric_value_kwargs["query"], limit), of

    class ExpectNoViolatingRows(BatchExpectation):  # type: ignore[misc]
        """Expect that a query over the views finds no row.

        `query` is one SELECT; `scope` names the view whose rows are what it looks at.
        """

        query: str
        scope: str
        metric_dependencies = ("newspan.violating_rows",)
        success_keys = ("query", "scope")
        args_keys = ("query", "scope")

        def _validate(
            self, metrics: dict[str, Any], runtime_configuration: Any = None,
            execution_engine: Any = None,
        ) -> Any:  # fmt: skip
            count, found, of = metrics["newspan.violating_rows"]
            return {
                "success": count == 0,
                "result": {
                    "element_count": of,
                    "unexpected_count": count,
                    # A join may find more rows than its view has, and Great Expectations
                    # refuses more than a hundred percent.
                    "unexpected_percent": 100 * count / max(of, count, 1),
                    "partial_unexpected_list": [],
                    "partial_unexpected_index_list": found,
                },
            }

    if ExpectNoViolatingRows.expectation_type != SQL_RULE:
        raise AssertionError(ExpectNoViolatingRows.expectation_type)
    del ViolatingRows  # registered by its metaclass
