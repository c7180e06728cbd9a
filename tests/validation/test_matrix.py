"""No check could be left out: without it a fault would pass, or others are named that see it.

The matrix is that of the faults and the codes they trip, which test_invalid holds to be exact.
"""

from __future__ import annotations

import re

import pytest

from newspan.validation.suites import load_suites
from validation.faults import FAULTS, INVALID

CHECKS = {check.code: check for suite in load_suites() for check in suite.checks}
MATRIX = {fault.name: frozenset(fault.expected) for fault in FAULTS}
GRAVITY = ("info", "warning", "critical")

BACKED_UP: dict[str, set[str]] = {
    "R08": {"R04"},  # no span has an id of such a form, so the end is not found either
}
"""A check that trips alone on no fault, to the checks that see what it sees."""


def test_every_check_is_tripped_by_a_fault() -> None:
    assert frozenset[str]().union(*MATRIX.values()) == CHECKS.keys()


@pytest.mark.parametrize("code", CHECKS)
def test_without_a_check_a_fault_would_pass(code: str) -> None:
    alone = [name for name, codes in MATRIX.items() if codes == {code}]
    assert bool(alone) != (code in BACKED_UP)


@pytest.mark.parametrize("code", BACKED_UP)
def test_what_backs_a_check_up_sees_all_its_faults_and_is_needed(code: str) -> None:
    backing = BACKED_UP[code]
    seen_by = [codes & backing for codes in MATRIX.values() if code in codes]
    assert all(seen_by)
    assert all({other} in seen_by for other in backing)
    gravity = GRAVITY.index(CHECKS[code].level)
    assert all(GRAVITY.index(CHECKS[other].level) >= gravity for other in backing)


def test_the_list_of_faults_names_each_that_is_not_named_after_a_check() -> None:
    page = (INVALID / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([A-Za-z0-9-]+)/\)", page)
    assert set(linked) <= MATRIX.keys()
    assert {name for name in MATRIX if name not in CHECKS} <= set(linked)


def test_most_faults_are_beyond_the_catalogue_and_the_defects_that_checks_are_named_after() -> None:
    page = (INVALID / "README.md").read_text(encoding="utf-8")
    catalogue = page.split("## Catalogue")[1].split("\n## ")[0]
    listed = re.findall(r"\]\(([A-Za-z0-9-]+)/\) \|", catalogue)
    assert len(listed) == len(set(listed)) >= 89
    assert len(MATRIX.keys() - CHECKS.keys() - set(listed)) >= 40
