"""The checks run without doing again what the clean corpus has shown already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from newspan.formats.parquet_files import content_digest, read_table
from newspan.validation import Outcome, corpus_files, run, validate, views
from newspan.validation.engine import run_rules, run_stock
from newspan.validation.gate import Gate
from newspan.validation.joins import SQL_VIEWS
from newspan.validation.suites import Check
from newspan.validation.views import frames


class CleanFiles:
    """What is in the files of the clean corpus: a file of the same bytes holds the same."""

    def __init__(self, folder: Path) -> None:
        paths = sorted(folder.glob("*/*.parquet"))
        self._tables = {path.read_bytes(): read_table(path) for path in paths}
        self._digests = {id(table): content_digest(table) for table in self._tables.values()}

    def read_table(self, path: Path) -> pa.Table:
        known = self._tables.get(path.read_bytes())
        return read_table(path) if known is None else known

    def content_digest(self, table: pa.Table) -> str:
        known = self._digests.get(id(table))
        return content_digest(table) if known is None else known


class Passed:
    """The rows that passed before: a check that looks at each row alone passes them again.

    A check that compares rows passes what is the same throughout. Whatever was not seen to
    pass, Great Expectations runs. How many rows were looked at is not said of the others.
    """

    def __init__(self) -> None:
        self._rows: dict[str, set[Any]] = {}

    def run_stock(
        self, checks: Sequence[Check], frame: Any, keys: Sequence[str], *limit: int
    ) -> list[Outcome]:
        columns = {name: tuple(map(repr, frame[name].tolist())) for name in frame.columns}
        seen = {c.code: _looked_at(c, columns) for c in checks}
        fresh = [c for c in checks if not seen[c.code] <= self._rows.get(c.code, set())]
        found = {o.check.code: o for o in (run_stock(fresh, frame, keys, *limit) if fresh else ())}
        for code, outcome in found.items():
            if not outcome.level:
                self._rows.setdefault(code, set()).update(seen[code])
        return [found.get(c.code) or Outcome(c, 0, 0) for c in checks]


ROW_BY_ROW = (
    "expect_column_values_to_be_null",
    "expect_column_values_to_be_in_set",
    "expect_column_values_to_be_between",
    "expect_column_values_to_match_regex",
)


def _looked_at(check: Check, columns: Mapping[str, tuple[str, ...]]) -> set[Any]:
    """What a check looks at: rows, each of the columns it reads; or all of them together."""
    kwargs = check.kwargs
    condition = kwargs.get("row_condition")
    read = [*kwargs.get("column_list", ()), *([kwargs["column"]] if "column" in kwargs else ())]
    read += [condition["column"]["name"]] if condition else []
    values = [columns[name] for name in read]
    return set(zip(*values, strict=True)) if check.type in ROW_BY_ROW else {tuple(values)}


class Rules:
    """The rules over views that differ from the clean corpus's; over those, none finds a row."""

    def __init__(self) -> None:
        self.queries = dict(SQL_VIEWS)
        """View to the SQL that makes it, or that takes it over from the clean corpus."""
        self._clean: dict[str, pa.Table] = {}
        self._changed: set[str] = set()

    def frames(self, found: Gate) -> dict[str, pa.Table]:
        """The views that polars makes, and those made in SQL of which nothing has changed."""
        made = frames(found)
        clean = self._clean
        self._changed = {n for n, table in made.items() if not clean or table != clean[n]}
        for name, query in SQL_VIEWS.items():
            self.queries[name] = query
            if self._changed & _words(query):
                self._changed.add(name)
            else:
                made[f"clean {name}"] = clean[name]
                self.queries[name] = f'select * from "clean {name}"'
        if not clean:
            self._clean = dict(made)
        return made

    def run_rules(
        self, checks: Sequence[Check], connection: Any, rows: Mapping[str, int], *limit: int
    ) -> list[Outcome]:
        """Great Expectations runs only the rules that find something when they are run alone."""
        for name in SQL_VIEWS.keys() - self._clean.keys():  # the first run, over the clean corpus
            self._clean[name] = connection.sql(f'select * from "{name}"').to_arrow_table()
        found = [c for c in checks if self._changed & _words(c.kwargs["query"])]
        each = [f"select '{c.code}' as code from ({c.kwargs['query']}) as q" for c in found]
        query = f"select distinct code from ({' union all '.join(each)})"
        codes = {code for (code,) in connection.execute(query).fetchall()} if each else set()
        suspects = [c for c in found if c.code in codes]
        outcomes = run_rules(suspects, connection, rows, *limit) if suspects else []
        known = {o.check.code: o for o in outcomes}
        return [known.get(c.code, Outcome(c, 0, rows[c.view])) for c in checks]


def _words(query: str) -> set[str]:
    """The names in a query, those of views among them."""
    return set(re.findall(r"\w+", query))


class Sparing:
    """What a run over the clean corpus leaves to be known."""

    def __init__(self, clean: Path) -> None:
        self.files, self.passed, self.rules = CleanFiles(clean), Passed(), Rules()
        with pytest.MonkeyPatch.context() as patch:
            self.set(patch)
            # No rule is left out here: to the first run all views are new.
            assert validate(clean).codes == frozenset()

    def set(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(corpus_files, "read_table", self.files.read_table)
        patch.setattr(corpus_files, "content_digest", self.files.content_digest)
        patch.setattr(views, "frames", self.rules.frames)
        patch.setattr(views, "SQL_VIEWS", self.rules.queries)
        patch.setattr(run, "run_rules", self.rules.run_rules)
        patch.setattr(run, "run_stock", self.passed.run_stock)
