"""The checks over very many spans: newspan.validate, and the same rules in bare DuckDB."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Work = Callable[[], Any]


def duckdb(folder: str) -> Work:
    """The floor: the tables read, the views made as newspan makes them, and every rule run as
    a plain query. No files are compared with an index, and no rows are kept."""
    _lean()
    from newspan.validation.gate import inspect
    from newspan.validation.suites import load_suites
    from newspan.validation.views import build_views

    checks = [check for suite in load_suites() for check in suite.checks]

    def work() -> int:
        views = build_views(inspect(Path(folder)))
        found = 0
        for query in _queries(checks):
            found += views.connection.execute(f"select count(*) from ({query})").fetchall()[0][0]
        views.connection.close()
        return found

    return work


def newspan(folder: str) -> Work:
    """newspan.validate: the files too, Great Expectations' suites, rows and their context."""
    _lean()
    import great_expectations

    from newspan.validation import validate

    if not great_expectations.__version__:
        raise AssertionError
    return lambda: validate(Path(folder))


def broken_copy(folder: Path, target: Path, spans: int) -> None:
    """A copy of the tables in which the words of so many spans are not those at their place."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    for file in sorted(folder.glob("*/*.parquet")):
        table = pq.read_table(file)
        if file.parent.name == "spans":
            at = table.schema.names.index("text")
            broken = pc.binary_join_element_wise(table["text"], "x", "")
            first = pa.array(np.arange(table.num_rows) < spans)
            text = pc.if_else(first, broken, table["text"])
            table = table.set_column(at, table.schema.field("text"), text)
        (target / file.parent.name).mkdir(parents=True, exist_ok=True)
        pq.write_table(table, target / file.parent.name / file.name)


def _lean() -> None:
    """The allocators as the command line chooses them."""
    from newspan.cli.checks import prefer_lean_allocators

    prefer_lean_allocators(os.environ)


def _queries(checks: list[Any]) -> Iterator[str]:
    """Each check as a query for the rows that break it."""
    for check in checks:
        given = check.kwargs
        column = f'"{given.get("column")}"'
        view = f'"{check.view}"'
        condition = given.get("row_condition")
        rows = f"select * from {view}" + (f" where {_condition(condition)}" if condition else "")
        kind = check.type.removeprefix("expect_")
        if kind == "no_violating_rows":
            yield given["query"]
        elif kind == "column_values_to_be_null":
            yield f"select * from ({rows}) where {column} is not null"
        elif kind == "column_values_to_be_in_set":
            values = ", ".join(_literal(v) for v in given["value_set"])
            yield f"select * from ({rows}) where {column} not in ({values})"
        elif kind == "column_values_to_be_between":
            low, high = given.get("min_value"), given.get("max_value")
            bounds = [f"{column} < {low}"] * (low is not None)
            bounds += [f"{column} > {high}"] * (high is not None)
            yield f"select * from ({rows}) where {' or '.join(bounds)}"
        elif kind == "column_values_to_match_regex":
            pattern = _literal(given["regex"])
            yield f"select * from ({rows}) where not regexp_matches({column}, {pattern})"
        elif kind in ("column_values_to_be_unique", "compound_columns_to_be_unique"):
            names = ", ".join(f'"{n}"' for n in given.get("column_list", [given.get("column")]))
            yield f"select {names} from ({rows}) group by {names} having count(*) > 1"
        else:
            raise ValueError(f"{check.code}: {check.type} has no query here.")


def _condition(condition: dict[str, Any]) -> str:
    """A row condition of Great Expectations as SQL."""
    return f'"{condition["column"]["name"]}" {condition["operator"]} ' + (
        _literal(condition["parameter"]) if "parameter" in condition else ""
    )


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value).lower()
