"""Rules with many branches, each branch on words of its own and on sound ones beside them."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
import pytest

from newspan.validation.suites import load_suites

QUERIES = {
    check.code: check.kwargs["query"] for suite in load_suites() for check in suite.checks
    if "query" in check.kwargs
}  # fmt: skip


def finds(code: str, view: str, **row: Any) -> bool:
    """Whether a rule finds a row that has these columns."""
    with duckdb.connect() as connection:
        strings = {name: pa.array([value]) for name, value in ({"id": "a/p/1"} | row).items()}
        connection.register(view, pa.table(strings))
        if view != "entities":
            connection.register("entities", pa.table({"id": ["e"], "name": ["Alder Corp."]}))
        connection.register("relations", pa.table({"head": ["a/p/1"], "type": ["counts"]}))
        return bool(connection.execute(QUERIES[code]).fetchall())


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("the ", "third", " breach"), ("on the ", "21st", " of"), ("on ", "4", " March, when"),
        ("on March ", "4", ", when"), ("at ", "7", " p.m. on"), ("at ", "7", ":30 they"),
        ("at ", "7:30", " they"), ("at ", "6", " o’clock"), ("at ", "14:00", " GMT"),
        ("at Pier ", "9", " and"), ("Flight ", "370", " left"), ("", "One", " of the pilots"),
    ],
)  # fmt: skip
def test_what_is_no_quantity_is_found(before: str, text: str, after: str) -> None:
    assert finds("S47", "numbers", before=before, text=text, after=after)


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("", "two-thirds", " of"), ("for ", "4", " days"), ("", "12", " marchers"),
        ("by ", "7", " points"), ("some ", "40", " Mayan ruins"), ("at ", "9.40", " metres"),
        ("", "one", " of 12 boats"), ("", "five", " of the boats"), ("in piers ", "9", " men"),
    ],
)  # fmt: skip
def test_what_is_a_quantity_is_not(before: str, text: str, after: str) -> None:
    assert not finds("S47", "numbers", before=before, text=text, after=after)


NUMBER = {
    "text": "x", "kind": "count", "value": None, "low": None, "high": None, "unit": None,
    "value_number": None, "low_number": None, "high_number": None, "counted_class": "person",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"value_number": 2.5}, True),
        ({"value_number": 2500.0}, False),
        ({"low_number": 3.0, "high_number": 4.5}, True),
        ({"value": "14.0", "value_number": 14.0}, True),
        ({"value": "14", "value_number": 14.0}, False),
        ({"kind": "measure", "unit": "km", "value": "14.0", "value_number": 14.0}, False),
        ({"value_number": -1.0}, True),
        ({"kind": "measure", "unit": "Cel", "value_number": -2.5}, False),
        ({"kind": "age", "unit": "a", "value_number": 340.0}, True),
        ({"kind": "age", "unit": "mo", "value_number": 340.0}, False),
        ({"kind": "percent", "value_number": 120.0}, True),
        ({"kind": "percent", "value_number": 120.0, "counted_class": "other"}, False),
        ({"kind": "percent", "value_number": 100.0}, False),
    ],
)
def test_what_cannot_be_is_found(changes: dict[str, Any], found: bool) -> None:
    assert finds("S48", "numbers", **NUMBER | changes) == found


@pytest.mark.parametrize(
    ("start", "dateline", "after", "found"),
    [
        (0, True, ", Karvonia — Ships", False),
        (0, True, " (Agency) -- Ships", False),
        (0, True, ": Ships", False),
        (0, True, "\nShips", False),
        (0, True, " was hit by a storm that nobody in the town had foreseen for long", True),
        (13, True, ", 11 May – Ships", False),
        (0, True, ", 11 May. Ships", False),
        (0, True, ", May 11. Ships", False),
        (0, True, ", the mayor. Ships", True),
        (900, True, " — Ships", True),
        (0, True, None, False),
        (900, True, None, True),
        (0, False, " — Ships sailed", True),
        (0, False, ", Karvonia — “Ships sailed", True),
        (0, False, " — the capital — was hit", False),
        (0, False, " was hit. Ilvane — Ships", False),
        (7, False, None, False),
    ],
)
def test_a_dateline_stands_at_the_beginning(
    start: int, dateline: bool, after: str | None, found: bool
) -> None:
    row = {"text": "Velk", "start": start, "dateline": dateline, "after": after}
    assert finds("S58", "locations", **row) == found


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("where at least ", True), ("Up to ", True), ("with more than ", True),
        ("there were nearly ", True), ("as many as ", True), ("talked about ", False),
        ("the least ", False), ("only ", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_a_modifier_belongs_to_its_number(before: str | None, found: bool) -> None:
    row = {"before": before, "text": "12", "modifier": "exact"}
    assert finds("S59", "numbers", **row) == found
