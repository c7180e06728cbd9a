"""Every fault trips exactly the codes beside it, and every check is tripped by a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newspan.validation import validate
from newspan.validation.suites import load_suites
from validation.faults import FAULTS, Fault
from validation.small_corpus import Corpus

LEVELS = {check.code: check.level for suite in load_suites() for check in suite.checks}


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_trips_exactly_its_codes(fault: Fault, tmp_path: Path, sparing: None) -> None:
    fault.write(Corpus(), tmp_path)
    report = validate(tmp_path)
    assert sorted(report.codes) == fault.expected
    assert [o.check.code for o in report.outcomes if o.error] == []
    levels = {LEVELS[code] for code in fault.expected}
    assert report.exit_code(strict=True) == bool(levels - {"info"})
    assert report.exit_code() == ("critical" in levels)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_named_and_described(fault: Fault) -> None:
    assert re.fullmatch(r"[A-Z][0-9]{2}|[a-z0-9]+(-[a-z0-9]+)*", fault.name)
    assert fault.name in fault.expected or fault.name not in LEVELS
    assert re.fullmatch(r"[“A-Z][^\n]*\.", fault.meaning)
    assert ". " not in fault.meaning
    assert fault.expected == sorted(set(fault.expected))
