"""Every fault trips exactly the codes beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path

import pytest

from newspan.validation import validate
from newspan.validation.suites import load_suites
from validation.faults import FAULTS, Fault
from validation.judging import Verdict, judged
from validation.small_corpus import Corpus
from validation.sparing import Sparing

LEVELS = {check.code: check.level for suite in load_suites() for check in suite.checks}


@pytest.fixture(scope="module")
def verdicts(
    request: pytest.FixtureRequest, clean: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Future[Verdict]]]:
    """The verdicts on the faults that this run asks for."""
    items = (i for i in request.session.items if "verdicts" in getattr(i, "fixturenames", ()))
    asked = [item.callspec.params["fault"] for item in items]
    with judged(asked, clean, tmp_path_factory.mktemp("faults")) as found:
        yield found


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_trips_exactly_its_codes(
    fault: Fault, verdicts: Mapping[str, Future[Verdict]]
) -> None:
    verdict = verdicts[fault.name].result()
    assert verdict.codes == fault.expected
    assert verdict.errors == []
    levels = {LEVELS[code] for code in fault.expected}
    assert verdict.strict_exit_code == bool(levels - {"info"})
    assert verdict.exit_code == ("critical" in levels)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_named_and_described(fault: Fault) -> None:
    assert re.fullmatch(r"[A-Z][0-9]{2}|[a-z0-9]+(-[a-z0-9]+)*", fault.name)
    assert fault.name in fault.expected or fault.name not in LEVELS
    assert re.fullmatch(r"[“A-Z][^\n]*\.", fault.meaning)
    assert ". " not in fault.meaning
    assert fault.expected == sorted(set(fault.expected))


@pytest.mark.parametrize("name", ["file-copied-over-another", "mojibake", "key-with-a-capital"])
def test_sparing_changes_nothing(name: str, tmp_path: Path, known: Sparing) -> None:
    next(fault for fault in FAULTS if fault.name == name).write(Corpus(), tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        known.set(patch)
        spared = validate(tmp_path)
    assert spared.findings == validate(tmp_path).findings
