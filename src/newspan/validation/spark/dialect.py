r"""DuckDB's SQL, in which the rules and views are written, as Spark reads it.

sqlglot translates; what it leaves as it is and Spark takes otherwise is done here: regular
expressions, which DuckDB reads as RE2 does and Spark as Java does.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, NamedTuple

__all__ = ["Filter", "as_filter", "java_pattern", "quoted", "to_spark"]

_UNIX_LINES = "(?d)"
"""Java's flag for \n as the only end of a line, as elsewhere."""
_PIECE = re.compile(r"\\.|\[:[a-z]+:\]|\[\^?\]?|.", re.DOTALL)
"""An escaped character, a class with a name, the beginning of a class, or one character."""


class Filter(NamedTuple):
    """A query that looks at each row of one view by itself."""

    view: str
    condition: str
    """Of the rows that it finds, in Spark's SQL."""


def to_spark(query: str, views: Collection[str]) -> str:
    """One SELECT over the views, written for DuckDB, as Spark reads it.

    Raises ValueError where it is not one SELECT, reads something that is no view, or calls a
    function that sqlglot does not know: Spark has some that run any code of its classpath.
    """
    return _text(_translated(query, views))


def as_filter(query: str, views: Collection[str]) -> Filter | None:
    """What a query comes to as a filter of one view, so that many can be counted at once; None
    where it is more than that.

    Raises ValueError as `to_spark`.
    """
    from sqlglot import exp

    tree = _translated(query, views)
    # None of its parts but these: no join, group, order, limit or `with`.
    parts = {name.rstrip("_") for name, part in tree.args.items() if part}
    source = next(iter(tree.find_all(exp.From)), None)
    table = source.this if source is not None else None
    if parts != {"expressions", "from", "where"} or not isinstance(table, exp.Table):
        return None
    plain = {name for name, part in table.args.items() if part} <= {"this", "alias"}
    more = (exp.Query, exp.AggFunc, exp.Window, exp.UDTF, exp.Subquery)
    if not plain or any(node is not tree for node in tree.find_all(*more)):
        return None
    condition = tree.args["where"].this
    for column in condition.find_all(exp.Column):
        if column.table not in ("", table.alias_or_name) or column.args.get("db"):
            return None
        column.set("table", None)
    return Filter(table.name, _text(condition))


def _text(tree: Any) -> str:
    made: str = tree.sql(dialect="spark")
    return made


def _translated(query: str, views: Collection[str]) -> Any:
    import sqlglot
    from sqlglot import exp

    try:
        found = sqlglot.parse(query, read="duckdb")
    except sqlglot.errors.SqlglotError as error:
        raise ValueError(f"sqlglot cannot read the query: {_first_line(error)}") from error
    if len(found) != 1 or not isinstance(found[0], exp.Query):
        raise ValueError("the query is not one SELECT")
    _refuse_foreign(found[0], frozenset(views))
    for union in found[0].find_all(exp.SetOperation):
        _by_place(union)
    for window in list(found[0].find_all(exp.Window)):
        # Spark reads `over label - x` as the window `label-x`.
        if isinstance(window.parent, exp.Binary):
            window.replace(exp.paren(window.copy()))
    return found[0].transform(_spelt)


def java_pattern(pattern: str, *, exact_end: bool = True) -> str:
    r"""An RE2 pattern that means the same to Java.

    `exact_end`: `$` is the very end, as RE2 has it; without, a line break may follow, as
    Python has it.
    """
    # A group that is repeated is read by recursion, which a long quote exhausts.
    pattern = pattern.replace(r"(.|\n)*", r"[\s\S]*")
    made = [_UNIX_LINES]
    in_class = False
    for piece in _PIECE.findall(pattern):
        if in_class:
            made.append(_in_java_class(piece))
            in_class = not piece.endswith("]") or piece.startswith(("[:", "\\"))
        elif piece.startswith("["):
            # A bracket that closes right away is one of the characters.
            made.append(piece.replace("]", r"\]"))
            in_class = True
        else:
            made.append(r"\z" if piece == "$" and exact_end else piece)
    return "".join(made)


def _in_java_class(piece: str) -> str:
    """A piece of a class of characters; to Java, brackets and && are classes in the class."""
    if piece.startswith("[:"):
        return rf"\p{{{piece[2:-2].capitalize()}}}"
    if piece.startswith("["):
        return piece.replace("[", r"\[")
    return r"\&" if piece == "&" else piece


def quoted(text: str) -> str:
    """A text as a literal of Spark's SQL."""
    from sqlglot import exp

    literal: str = exp.Literal.string(text).sql(dialect="spark")
    return literal


def _refuse_foreign(tree: Any, views: frozenset[str]) -> None:
    """Raise ValueError where a query reads or calls what is not of the views."""
    from sqlglot import exp

    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        known = isinstance(table.this, exp.Identifier) and not table.args.get("db")
        if not known or table.name not in views | own:
            raise ValueError(f"{table.sql(dialect='duckdb')[:80]!r} is no view")
    for call in tree.find_all(exp.Anonymous):
        raise ValueError(f"the function {call.name!r} is not known for Spark")


def _by_place(union: Any) -> None:
    """Take `by name` from a union whose columns are in the same order anyway.

    Raises ValueError where they are not; Spark has no such union.
    """
    if union.args.get("by_name"):
        if union.left.named_selects != union.right.named_selects:
            raise ValueError("a union by name has its columns in two orders")
        union.set("by_name", False)


def _spelt(node: Any) -> Any:
    """A node of the query as Spark has to have it."""
    from sqlglot import exp

    if isinstance(node, exp.RegexpLike | exp.RegexpExtract):
        pattern = node.expression
        if not (isinstance(pattern, exp.Literal) and pattern.is_string):
            raise ValueError("a regular expression is not a plain text")
        node.set("expression", exp.Literal.string(java_pattern(pattern.this)))
        if isinstance(node, exp.RegexpExtract) and node.args.get("group") is None:
            node.set("group", exp.Literal.number(0))
    numbered = isinstance(node, exp.Window) and isinstance(node.this, exp.RowNumber)
    if numbered and not node.args.get("order"):  # any order will do, but Spark wants one
        node.set("order", exp.Order(expressions=node.args["partition_by"]))
    return node


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200]
