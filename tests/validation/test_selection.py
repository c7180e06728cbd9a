"""Which checks run: those asked for, less those skipped for a reason."""

from __future__ import annotations

import pytest

from newspan.errors import DocumentError, NewspanError
from newspan.validation import parse_skips
from newspan.validation.selection import Selection, select
from newspan.validation.suites import load_suites

SUITES = load_suites()
ALL = sum(len(suite.checks) for suite in SUITES)


def codes(selection: Selection) -> list[str]:
    return [check.code for suite in selection.suites for check in suite.checks]


def test_all_are_run_where_nothing_is_asked() -> None:
    assert select(SUITES) == Selection(SUITES, (), 0)


def test_only_what_is_asked_for_is_run() -> None:
    found = select(SUITES, ["S14", "A01", "S14"])
    assert codes(found) == ["A01", "S14"]
    assert (found.skipped, found.left_out) == ((), ALL - 2)
    assert [s.name for s in found.suites] == [s.name for s in SUITES]


def test_what_is_skipped_keeps_its_reason() -> None:
    found = select(SUITES, skip={"S14": "being mended"})
    assert "S14" not in codes(found)
    assert [(check.code, why) for check, why in found.skipped] == [("S14", "being mended")]
    assert found.left_out == 0


def test_to_skip_goes_before_to_ask() -> None:
    found = select(SUITES, ["S14", "S01"], {"S14": "being mended"})
    assert codes(found) == ["S01"]
    assert found.left_out == ALL - 2


@pytest.mark.parametrize(
    ("only", "skip", "message"),
    [
        (["S99"], {}, "there is no check 'S99'"),
        (["s14"], {}, "Did you mean S14"),
        ([], {"X": "why"}, "there is no check 'X'"),
        ([""], {}, "there is no check ''"),
        ([], {"S14": " "}, "without a reason"),
        (["S14"], {"S14": "why"}, "no check is left"),
        (["\x1b[2J"], {}, r"there is no check '\\x1b"),
    ],
)
def test_what_cannot_be_selected_is_refused(
    only: list[str], skip: dict[str, str], message: str
) -> None:
    with pytest.raises(DocumentError, match=message):
        select(SUITES, only, skip)


def test_all_unknown_codes_are_named_at_once() -> None:
    with pytest.raises(DocumentError) as raised:
        select(SUITES, ["S98"], {"S99": "why"})
    assert len(raised.value.faults) == 2


def test_skips_are_read_with_their_reasons() -> None:
    assert parse_skips(["S14=being mended", " A01 = a=b "]) == {"S14": "being mended", "A01": "a=b"}


@pytest.mark.parametrize("given", ["S14", "S14=", "S14= ", "", "="])
def test_a_skip_needs_a_reason(given: str) -> None:
    with pytest.raises(NewspanError, match="gives no reason"):
        parse_skips([given])
