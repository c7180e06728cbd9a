"""Stock expectations over views as large as the corpus, as a query for the rows that fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from newspan.validation.spark.dialect import java_pattern, quoted
from newspan.validation.suites import Check

__all__ = ["StockQuery", "stock_query"]

_OPERATORS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class StockQuery(NamedTuple):
    """An expectation in Spark's SQL."""

    failing: str
    """The query for the rows that fail, by the columns that name them."""
    looked_at: str
    """The condition of the rows that it looks at."""
    broken: str | None
    """The condition of those that fail; None where they are compared with others."""


def stock_query(check: Check, keys: Sequence[str]) -> StockQuery:
    """A stock expectation as a query; `keys` are the columns that name a row.

    Raises ValueError for one that has no translation.
    """
    kwargs = dict(check.kwargs)
    condition = kwargs.pop("row_condition", None)
    looked_at = _condition(condition) if condition else "true"
    domain = f"`{check.view}`"
    if condition:
        domain = f"(select * from {domain} where {looked_at})"
    made = _FAILING.get(check.type)
    if made is None:
        raise ValueError(f"{check.type} over {check.view!r} has no translation for Spark")
    columns = kwargs.pop("column_list", None) or [kwargs.pop("column", None)]
    ignored = kwargs.pop("ignore_row_if", None)
    if ignored != ("any_value_is_missing" if "compound" in check.type else None):
        raise ValueError(f"{check.type}: ignore_row_if {ignored!r} has no translation for Spark")
    used = list(map(_name, columns))
    present = " and ".join(f"{column} is not null" for column in used)
    failing = made(used, kwargs)
    if kwargs:
        raise ValueError(f"{check.type}: {', '.join(kwargs)} has no translation for Spark")
    if check.type != "expect_column_values_to_be_null":
        failing = f"{present} and {failing}"
    shown = ", ".join(dict.fromkeys([*map(_name, keys), *used]))
    if made is _unique:
        several = f"count(*) over (partition by {', '.join(used)}) as _several"
        domain = f"(select *, {several} from {domain})"
    broken = None if made is _unique else f"({looked_at}) and {failing}"
    return StockQuery(f"select {shown} from {domain} where {failing}", looked_at, broken)


def _null(columns: Sequence[str], _: dict[str, Any]) -> str:
    return f"{columns[0]} is not null"


def _in_set(columns: Sequence[str], kwargs: dict[str, Any]) -> str:
    values = kwargs.pop("value_set")
    return f"{columns[0]} not in ({', '.join(map(_literal, values))})" if values else "true"


def _between(columns: Sequence[str], kwargs: dict[str, Any]) -> str:
    bounds = [("<", kwargs.pop("min_value", None)), (">", kwargs.pop("max_value", None))]
    outside = [f"{columns[0]} {sign} {_literal(v)}" for sign, v in bounds if v is not None]
    # What is no number is missing to Great Expectations, and the greatest to Spark.
    number = f"not isnan(cast({columns[0]} as double))"
    return f"{number} and ({' or '.join(outside)})"


def _regex(columns: Sequence[str], kwargs: dict[str, Any]) -> str:
    pattern = java_pattern(kwargs.pop("regex"), exact_end=False)
    return f"not {columns[0]} rlike {quoted(pattern)}"


def _unique(_: Sequence[str], __: dict[str, Any]) -> str:
    return "_several > 1"


_FAILING: dict[str, Callable[[Sequence[str], dict[str, Any]], str]] = {
    "expect_column_values_to_be_null": _null,
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_values_to_be_between": _between,
    "expect_column_values_to_match_regex": _regex,
    "expect_column_values_to_be_unique": _unique,
    "expect_compound_columns_to_be_unique": _unique,
}
"""Expectation to the condition of the rows that fail, apart from those that miss a value."""


def _condition(condition: Mapping[str, Any]) -> str:
    operator = _OPERATORS.get(condition.get("operator", ""))
    if condition.get("type") != "comparison" or operator is None:
        raise ValueError("a row condition that is no comparison has no translation for Spark")
    return f"{_name(condition['column']['name'])} {operator} {_literal(condition['parameter'])}"


def _name(column: str) -> str:
    return "`" + column.replace("`", "``") + "`"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value) + ("" if isinstance(value, int) else "D")
    return quoted(str(value))
