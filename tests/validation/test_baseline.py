"""A baseline: what an earlier report knew does not fail a run, and nothing else is forgiven."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.errors import DocumentError, NewspanError
from newspan.validation import RENDERERS, Outcome, Report, baseline, read_baseline
from newspan.validation.baseline import MAX_KEYS, keyed
from newspan.validation.suites import Check

CHECK = Check("S14", "critical", "It is wrong.", "Mend it.", "spans", "spans", "sql", {})


def found(*rows: dict[str, Any], failed: int | None = None) -> Outcome:
    return Outcome(CHECK, len(rows) if failed is None else failed, 99_999, rows)


def written(folder: Path, outcome: Outcome) -> baseline.Baseline:
    """The baseline that a report with an outcome makes, through its file."""
    path = folder / "report.json"
    report = Report(folder, (keyed(outcome, None, 3),))
    path.write_text(RENDERERS["json"](report), encoding="utf-8")
    return read_baseline(path)


A, B, C = {"id": "a/p/1"}, {"id": "a/p/2"}, {"id": "a/p/3"}


@pytest.mark.parametrize(
    ("before", "now", "new", "shown"),
    [
        ([A, B], [A, B], 0, [A, B]),
        ([A, B], [B], 0, [B]),
        ([A], [A, B], 1, [B, A]),
        ([], [A, B], 2, [A, B]),
        ([A, B], [C], 1, [C]),
        # One span that breaks a check twice is not known because it broke it once.
        ([A], [A, A], 1, [A, A]),
        # The words and counts of a row are not its name; a pair and a field are.
        ([A | {"text": "x", "start": 3}], [A | {"text": "y", "start": 4}], 0, None),
        ([A | {"other": "a/p/2"}], [A | {"other": "a/p/3"}], 1, None),
        ([A | {"field": "unit"}], [A | {"field": "value"}], 1, None),
        # Without an id, all the words but the example.
        ([{"kind": "age", "unit": "x", "numbers": 3, "example": "a"}],
         [{"kind": "age", "unit": "x", "numbers": 9, "example": "b"}], 0, None),
        ([{"kind": "age", "unit": "x"}], [{"kind": "age", "unit": "y"}], 1, None),
        ([{"id": None, "story": "a"}], [{"id": None, "story": "b"}], 1, None),
        ([{"n": 1}], [{"n": 2}], 1, None),
        ([{"id": "\ud800"}], [{"id": "\ud800"}], 0, None),
    ],
)  # fmt: skip
def test_rows_are_known_by_their_names(
    tmp_path: Path,
    before: list[dict[str, Any]],
    now: list[dict[str, Any]],
    new: int,
    shown: list[dict[str, Any]] | None,
) -> None:
    made = keyed(found(*now), written(tmp_path, found(*before)), 20)
    assert (made.new, made.known) == (new, len(now) - new)
    assert made.fails() == (new > 0)
    assert shown is None or list(made.rows) == shown


def test_another_check_knows_nothing(tmp_path: Path) -> None:
    known = written(tmp_path, found(A))
    other = replace(found(A), check=CHECK._replace(code="S15"))
    assert keyed(other, known, 20).new == 1


def test_new_rows_are_kept_before_known_ones(tmp_path: Path) -> None:
    made = keyed(found(A, B, C), written(tmp_path, found(A, B)), 1)
    assert (made.rows, made.failed, made.new) == ((C,), 3, 1)


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [(MAX_KEYS + 5, MAX_KEYS + 5, 0), (MAX_KEYS + 5, MAX_KEYS + 9, 4), (MAX_KEYS + 5, 1, 0),
     (1, MAX_KEYS + 5, MAX_KEYS + 4), (MAX_KEYS, MAX_KEYS, 0)],
)  # fmt: skip
def test_of_very_many_rows_only_the_number_counts(
    tmp_path: Path, before: int, now: int, new: int
) -> None:
    def many(n: int) -> Outcome:
        rows = [{"id": f"a/p/{at}"} for at in range(min(n, MAX_KEYS + 1))]
        return found(*rows, failed=n)

    known = written(tmp_path, many(before))
    assert (known.checks["S14"][1] is None) == (before > MAX_KEYS)
    assert keyed(many(now), known, 3).new == new


def test_ten_thousand_keys_are_small(tmp_path: Path) -> None:
    written(tmp_path, found(*({"id": f"inv-0001/adjudicated/{n}"} for n in range(MAX_KEYS))))
    assert (tmp_path / "report.json").stat().st_size < 100_000


def test_a_check_that_raises_is_never_known(tmp_path: Path) -> None:
    broken = replace(found(), error="no such column")
    assert keyed(broken, written(tmp_path, broken), 20).fails()


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_new_is_what_the_multiset_lacks(before: list[int], now: list[int]) -> None:
    rows = [[{"id": str(n)} for n in numbers] for numbers in (before, now)]
    keys = keyed(found(*rows[0]), None, 0).keys
    assert keys is not None
    known = baseline.Baseline(Path("x"), {"S14": (len(before), Counter(keys))})
    expected = sum(max(0, now.count(n) - before.count(n)) for n in range(10))
    assert keyed(found(*rows[1]), known, 20).new == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}", "missing required field `form`"),
        ("[]", "no report of `newspan validate`"),
        ('{"checks": []}', "missing required field `form`"),
        ('{"form": "newspan-report/9", "checks": []}', "has the form 'newspan-report/9'"),
        ('{"form": "newspan-report/1", "checks": [{"code": "S01"}]}', "failed"),
        ('{"form": "newspan-report/1", "checks": [{"code": "S01", "failed": -1}]}', "failed"),
        ('{"form": "newspan-report/1", "checks": [{"code": "S01", "failed": 2, "keys": "ab"}]}',
         "check S01 has 2 rows and 1 keys"),
        ('{"form": "newspan-report/1"', "is not JSON"),
        ("<testsuites/>", "is not JSON"),
    ],
)  # fmt: skip
def test_what_is_no_report_of_ours_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError, match=message) as raised:
        read_baseline(path)
    assert raised.value.faults[0].remedy
    assert raised.value.faults[0].path == path


def test_a_baseline_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NewspanError, match="No such file"):
        read_baseline(tmp_path / "gone.json")
