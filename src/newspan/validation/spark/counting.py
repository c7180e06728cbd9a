"""Many checks in few jobs: how many rows break each, then the first rows of those that fail.

Every check that looks at each row of a view by itself is one column of one query over that
view; of the others, a few are counted at a time. What Spark refuses is asked again in halves,
so that a check that cannot be computed is told from those beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from newspan.validation.outcome import Outcome
from newspan.validation.rule import plain_value
from newspan.validation.run import KEYS
from newspan.validation.spark.dialect import as_filter, to_spark
from newspan.validation.spark.stock import stock_query
from newspan.validation.suites import SQL_RULE, Check

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from newspan.validation.spark.views import SparkViews

__all__ = ["outcomes_on", "said"]

FILTERS = 40
"""Conditions that are counted in one pass over a view."""
QUERIES = 8
"""Queries that are asked in one job; Spark takes too long to plan one of all."""
_OF = " of"
"""Stands behind the code of a check in the name of how many rows it looks at."""

Rows = tuple[dict[str, Any], ...]


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_Item = TypeVar("_Item", bound=_Named)
_Answer = TypeVar("_Answer")


class _Question(NamedTuple):
    """A check in Spark's SQL."""

    check: Check
    failing: str
    """The query for the rows that break it."""
    looked_at: str
    """The condition of the rows of its view that it looks at."""
    broken: str | None
    """The condition of those that break it; None where that takes more than a condition."""

    @property
    def name(self) -> str:
        return self.check.code


class _Condition(NamedTuple):
    """A condition of whose view the rows are counted."""

    name: str
    view: str
    condition: str


def outcomes_on(
    checks: Sequence[Check], views: SparkViews, rows: Mapping[str, int], limit: int
) -> dict[str, Outcome]:
    """Code to the outcome of each check, with at most `limit` rows, at least one; `rows` is the
    number of rows of each view."""
    questions: list[_Question] = []
    errors: dict[str, str] = {}
    for check in checks:
        try:
            questions.append(_question(check, views))
        except Exception as error:  # whatever is wrong with a check, the others are run
            errors[check.code] = said(error)
    counts = _counts(questions, views.session, errors)
    failing = [question for question in questions if counts.get(question.name)]
    first = _each(failing, QUERIES, lambda some: _first(views.session, some, limit), errors)
    found = {}
    for check in checks:
        of = counts.get(check.code + _OF, rows.get(str(check.view), 0))
        why = errors.get(check.code) or errors.get(check.code + _OF)
        if why is None:
            found[check.code] = Outcome(check, counts[check.code], of, first.get(check.code, ()))
        else:
            found[check.code] = Outcome(check, 0, of, error=why)
    return found


def _question(check: Check, views: SparkViews) -> _Question:
    """Raises ValueError where a check has no translation."""
    if check.type != SQL_RULE:
        return _Question(check, *stock_query(check, KEYS[str(check.view)]))
    query = check.kwargs["query"]
    found = as_filter(query, views.names)
    alone = found is not None and found.view == check.view
    broken = found.condition if found is not None and alone else None
    return _Question(check, to_spark(query, views.names), "true", broken)


def _counts(
    questions: Sequence[_Question], session: SparkSession, errors: dict[str, str]
) -> dict[str, int]:
    """Code to how many rows break the check; code and _OF to how many it looks at, if not all."""
    conditions = []
    for q in questions:
        if q.broken is not None:
            conditions.append(_Condition(q.name, str(q.check.view), q.broken))
        if q.looked_at != "true":
            conditions.append(_Condition(q.name + _OF, str(q.check.view), q.looked_at))
    conditions.sort(key=lambda condition: condition.view)
    counts: dict[str, int] = {}
    for _, own in groupby(conditions, key=lambda condition: condition.view):
        counts |= _each(list(own), FILTERS, lambda some: _pass(session, some), errors)
    others = [q for q in questions if q.broken is None]
    return counts | _each(others, QUERIES, lambda some: _totals(session, some), errors)


def _each(
    items: Sequence[_Item], most: int, ask: Callable[[Sequence[_Item]], dict[str, _Answer]],
    errors: dict[str, str],
) -> dict[str, _Answer]:  # fmt: skip
    """The answers for all items, asked of some at a time; where one fails, why is in `errors`."""
    if len(items) > most:
        parts = [items[at : at + most] for at in range(0, len(items), most)]
    else:
        try:
            return ask(items) if items else {}
        except Exception as error:  # it may be any of them
            if len(items) == 1:
                errors[items[0].name] = said(error)
                return {}
        half = len(items) // 2
        parts = [items[:half], items[half:]]
    found: dict[str, _Answer] = {}
    for part in parts:
        found |= _each(part, most, ask, errors)
    return found


def _pass(session: SparkSession, conditions: Sequence[_Condition]) -> dict[str, int]:
    """Name to the rows for which each condition of one view holds."""
    counted = (f"count_if({c.condition}) as `{c.name}`" for c in conditions)
    query = f"select {', '.join(counted)} from `{conditions[0].view}`"
    found: dict[str, int] = session.sql(query).collect()[0].asDict()
    return found


def _totals(session: SparkSession, questions: Sequence[_Question]) -> dict[str, int]:
    """Code to the rows that each query finds."""
    each = (f"select '{q.name}' as code, count(*) as n from ({q.failing})" for q in questions)
    return {row["code"]: row["n"] for row in session.sql(" union all ".join(each)).collect()}


def _first(session: SparkSession, questions: Sequence[_Question], limit: int) -> dict[str, Rows]:
    """Code to the first rows that each query finds, by their columns; at least one."""
    each = []
    for at, q in enumerate(questions):
        columns = ("row" if at == n else "null" for n in range(len(questions)))
        own = f"select * from ({q.failing}) order by all limit {max(limit, 1)}"
        each.append(
            f"select {at} as at, {', '.join(columns)} from (select struct(*) as row from ({own}))"
        )
    found: dict[str, list[dict[str, Any]]] = {q.name: [] for q in questions}
    for row in session.sql(" union all ".join(each)).collect():
        own_row = row[1 + row[0]].asDict()
        found[questions[row[0]].name].append({k: plain_value(v) for k, v in own_row.items()})
    return {name: tuple(rows) for name, rows in found.items()}


def said(error: Exception) -> str:
    """The line of an error that says what is wrong; of one in a worker, the last."""
    lines: list[str] = str(error).strip().splitlines() or [type(error).__name__]
    return (lines[-1] if "Python worker" in lines[0] else lines[0])[:300]
