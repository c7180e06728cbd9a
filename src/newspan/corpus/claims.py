"""Figures lined up: who says how many, and where two figures exclude each other."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from newspan.corpus.card import table_schema
from newspan.corpus.layout import table_files, tables_folder
from newspan.errors import Fault, NewspanError
from newspan.files import write_atomically
from newspan.formats.parquet_files import read_table
from newspan.paths import data_root

__all__ = ["Question", "claims_table", "export", "of_questions", "questions", "range_text"]


INCREMENT = "increment"
"""`scope` of a figure that adds to a total."""


class Question(NamedTuple):
    """The claims that answer one question: the same story, figure and scope."""

    story: str
    figure: str
    scope: str | None
    claims: list[dict[str, Any]]
    """In the order of publication, then of the text."""

    @property
    def differs(self) -> bool:
        """Whether the claims give more than one figure."""
        return len({_bounds_key(c) for c in self.claims}) > 1

    @property
    def contradictions(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Pairs of asserted, actual figures that cannot both be right.

        Increments are none: each adds to a total, so that two of them do not answer the same.
        """
        if self.scope == INCREMENT:
            return []
        stated = [c for c in self.claims if _counts(c)]
        return [
            (a, b)
            for i, a in enumerate(stated)
            for b in stated[i + 1 :]
            if _exclude(_interval(a), _interval(b))
        ]


def claims_table(folder: Path | None = None, story: str | None = None) -> pa.Table:
    """The claims of all splits, or of one story, by publication and place.

    Raises NewspanError for a story that has none.
    """
    place = tables_folder(folder or data_root())
    parts = [read_table(file) for _, file in table_files(place, "claims")]
    table = pa.concat_tables(parts) if parts else table_schema("claims").empty_table()
    if story is not None:
        known = sorted(set(table["story"].to_pylist()))
        if story not in known:
            raise NewspanError(
                Fault(f"no claims in a story {story!r}.", f"Stories: {', '.join(known)}.", place)
            )
        table = table.filter(pc.equal(table["story"], story))
    return table.sort_by(
        [("story", "ascending"), ("published", "ascending"), ("article_id", "ascending"),
         ("start", "ascending")]
    )  # fmt: skip


def questions(table: pa.Table) -> list[Question]:
    """The claims with a figure key, grouped by story, figure and scope."""
    groups: dict[tuple[str, str, str | None], list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        if row["figure"] is not None:
            groups.setdefault((row["story"], row["figure"], row["scope"]), []).append(row)
    return [
        Question(*key, rows)
        for key, rows in sorted(groups.items(), key=lambda g: tuple(str(part) for part in g[0]))
    ]


def of_questions(table: pa.Table, asked: Iterable[Question]) -> pa.Table:
    """The rows of the table that answer these questions."""
    ids = [claim["id"] for question in asked for claim in question.claims]
    return table.filter(pc.is_in(table["id"], pa.array(ids, pa.string())))


def range_text(claim: dict[str, Any]) -> str:
    """A claim's figure in signs: 70, ≈ 60, ≥ 8, > 60, ≤ 30, 18–26, dozens as ~12."""
    value, low, high = claim["value"], claim["low"], claim["high"]
    shown = {
        "exact": value,
        "approximate": f"≈ {value}",
        "at_least": f"≥ {low}",
        "more_than": f"> {low}",
        "at_most": f"≤ {high}",
        "less_than": f"< {high}",
        "range": f"{low}–{high}",
        "vague": f"some × {claim['magnitude']}",
    }[claim["modifier"]]
    unit = f" {claim['unit']}" if claim["unit"] else " %" if claim["kind"] == "percent" else ""
    return f"{shown}{unit}{'/' + claim['per'] if claim['per'] else ''}"


def export(table: pa.Table, path: Path) -> None:
    """The claims as a table for a spreadsheet: .csv or .xlsx, by the name of the file.

    A cell that a spreadsheet would take for a formula is defused with an apostrophe.
    Raises NewspanError for another kind of file.
    """
    names = table.schema.names
    rows = [[_cell(row[name]) for name in names] for row in table.to_pylist()]
    suffix = path.suffix.lower()
    if suffix == ".csv":
        sheet = io.StringIO()
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
        write_atomically(path, sheet.getvalue())
    elif suffix == ".xlsx":
        write_atomically(path, _workbook(names, rows))
    else:
        raise NewspanError(Fault("is no .csv or .xlsx file.", "Name it so.", path))


def _workbook(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    try:
        from openpyxl import Workbook
    except ImportError as error:
        from newspan.errors import MissingExtra

        raise MissingExtra(
            Fault("writing .xlsx needs openpyxl.", "pip install 'newspan[xlsx]'")
        ) from error
    book = Workbook(write_only=True)
    sheet = book.create_sheet("claims")
    sheet.append(list(names))
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _bounds_key(claim: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(claim[n] for n in ("value", "low", "high", "modifier", "magnitude"))


def _counts(claim: dict[str, Any]) -> bool:
    return claim["factuality"] == "actual" and claim["polarity"] in (None, "asserted")


def _interval(claim: dict[str, Any]) -> tuple[float, bool, float, bool] | None:
    """(low, low is excluded, high, high is excluded), or None where the words give none."""
    if claim["modifier"] in ("approximate", "vague"):
        return None
    low = -math.inf if claim["low_float"] is None else claim["low_float"]
    high = math.inf if claim["high_float"] is None else claim["high_float"]
    return low, claim["modifier"] == "more_than", high, claim["modifier"] == "less_than"


def _exclude(
    a: tuple[float, bool, float, bool] | None, b: tuple[float, bool, float, bool] | None
) -> bool:
    return a is not None and b is not None and (_below(a, b) or _below(b, a))


def _below(a: tuple[float, bool, float, bool], b: tuple[float, bool, float, bool]) -> bool:
    """Whether all that a allows is less than all that b allows."""
    return a[2] < b[0] or (a[2] == b[0] and (a[3] or b[1]))
