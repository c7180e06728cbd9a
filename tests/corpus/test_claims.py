"""Figures lined up: ranges, contradictions, and a table that a spreadsheet can open."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.corpus.build import build
from newspan.corpus.claims import Question, claims_table, export, questions, range_text
from newspan.errors import NewspanError
from trees import copy_tree


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_tree(tmp_path_factory.mktemp("claims") / "tree")
    build(root)
    return root


def claim(modifier: str, **values: Any) -> dict[str, Any]:
    made = {
        "modifier": modifier, "kind": "count", "unit": None, "per": None, "magnitude": None,
        "value": None, "low": None, "high": None, "factuality": "actual", "polarity": None,
    } | values  # fmt: skip
    exact = made["value"] if modifier == "exact" else None
    for side in ("low", "high"):
        bound = made[side] or exact
        made[f"{side}_float"] = None if bound is None else float(bound)
    return made


@pytest.mark.parametrize(
    ("given_claim", "shown"),
    [
        (claim("exact", value="70"), "70"),
        (claim("approximate", value="60"), "≈ 60"),
        (claim("at_least", low="8"), "≥ 8"),
        (claim("more_than", low="60"), "> 60"),
        (claim("at_most", high="30"), "≤ 30"),
        (claim("less_than", high="30"), "< 30"),
        (claim("range", low="18", high="26"), "18–26"),
        (claim("vague", magnitude="12"), "some × 12"),
        (claim("exact", value="14", unit="EUR", kind="money"), "14 EUR"),
        (claim("exact", value="5000", per="wk"), "5000/wk"),
        (claim("exact", value="38", kind="percent"), "38 %"),
    ],
)
def test_a_range_is_written_in_signs(given_claim: dict[str, Any], shown: str) -> None:
    assert range_text(given_claim) == shown


EXCLUDE = [
    (claim("exact", value="8"), claim("exact", value="9"), True),
    (claim("exact", value="9"), claim("exact", value="9"), False),
    (claim("at_least", low="8"), claim("exact", value="9"), False),
    (claim("at_least", low="8"), claim("exact", value="7"), True),
    (claim("more_than", low="60"), claim("exact", value="60"), True),
    (claim("at_least", low="60"), claim("exact", value="60"), False),
    (claim("less_than", high="5"), claim("exact", value="5"), True),
    (claim("at_most", high="5"), claim("at_least", low="6"), True),
    (claim("range", low="18", high="26"), claim("range", low="26", high="30"), False),
    (claim("approximate", value="60"), claim("exact", value="70"), False),
    (claim("vague", magnitude="12"), claim("exact", value="70"), False),
    (claim("exact", value="8"), claim("exact", value="9", factuality="negated"), False),
    (claim("exact", value="8"), claim("exact", value="9", polarity="denied"), False),
]


@pytest.mark.parametrize(("a", "b", "excludes"), EXCLUDE)
def test_two_figures_exclude_each_other_when_no_number_fits_both(
    a: dict[str, Any], b: dict[str, Any], excludes: bool
) -> None:
    assert bool(Question("s", "f", "total", [a, b]).contradictions) == excludes
    assert bool(Question("s", "f", "total", [b, a]).contradictions) == excludes


def test_increments_add_up_and_exclude_nothing() -> None:
    a, b = claim("exact", value="7"), claim("exact", value="5")
    assert Question("s", "f", "total", [a, b]).contradictions
    assert not Question("s", "f", "increment", [a, b]).contradictions


BOUNDED = st.sampled_from(["exact", "at_least", "more_than", "at_most", "less_than", "range"])


@given(BOUNDED, BOUNDED, st.integers(0, 6), st.integers(0, 6), st.integers(0, 3), st.integers(0, 3))
def test_exclusion_is_that_no_number_fits_both(
    first: str, second: str, x: int, y: int, dx: int, dy: int
) -> None:
    def made(kind: str, at: int, width: int) -> dict[str, Any]:
        if kind == "exact":
            return claim(kind, value=str(at))
        low = str(at) if kind in ("at_least", "more_than", "range") else None
        high = str(at + width) if kind in ("at_most", "less_than", "range") else None
        return claim(kind, low=low, high=high)

    def fits(c: dict[str, Any], n: float) -> bool:
        low = float("-inf") if c["low_float"] is None else c["low_float"]
        high = float("inf") if c["high_float"] is None else c["high_float"]
        above = n > low if c["modifier"] == "more_than" else n >= low
        below = n < high if c["modifier"] == "less_than" else n <= high
        return bool(above and below)

    a, b = made(first, x, dx), made(second, y, dy)
    points = [n / 4 for n in range(-8, 60)]
    none_fits = not any(fits(a, n) and fits(b, n) for n in points)
    assert bool(Question("s", "f", None, [a, b]).contradictions) == none_fits


def test_the_story_is_lined_up(root: Path) -> None:
    asked = {q.figure: q for q in questions(claims_table(root, "quarry-vote"))}
    killed = asked["quarry-killed"]
    assert [(c["article_id"], range_text(c)) for c in killed.claims] == [
        ("inv-9001", "≥ 3"), ("inv-9002", "5"), ("inv-9002", "3"),
    ]  # fmt: skip
    assert killed.differs
    assert len(killed.contradictions) == 1  # five and three; at least three fits both
    assert not asked["quarry-missing"].differs


def test_an_unknown_story_says_which_there_are(root: Path) -> None:
    with pytest.raises(NewspanError, match="Stories: bridge-fall, quarry-vote"):
        claims_table(root, "quarry")


def test_export_to_csv_and_xlsx_holds_the_same_rows(root: Path, tmp_path: Path) -> None:
    table = claims_table(root)
    export(table, tmp_path / "claims.csv")
    export(table, tmp_path / "claims.xlsx")
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == table.num_rows
    assert {r["figure"] for r in rows} >= {"quarry-killed", "bridge-rescued"}
    sheet = openpyxl.load_workbook(tmp_path / "claims.xlsx").active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert list(lines[0]) == table.schema.names
    assert [line[0] for line in lines[1:]] == [r["id"] for r in rows]


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@x", "\t=1", " =cmd|' /C calc'!A0"])
def test_a_formula_is_defused(root: Path, tmp_path: Path, hostile: str) -> None:
    table = claims_table(root).slice(0, 1)
    index = table.schema.get_field_index("text")
    changed = table.set_column(index, table.schema.field(index), pa.array([hostile]))
    for name in ("x.csv", "x.xlsx"):
        export(changed, tmp_path / name)
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["text"] == f"'{hostile}"
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert sheet is not None
    assert sheet.cell(2, index + 1).value == f"'{hostile}"


def test_another_kind_of_file_is_refused(root: Path, tmp_path: Path) -> None:
    with pytest.raises(NewspanError, match=r"is no \.csv or \.xlsx file"):
        export(claims_table(root), tmp_path / "claims.txt")
