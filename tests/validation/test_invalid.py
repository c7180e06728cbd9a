"""Every check finds the defect in its own folder of tests/invalid, and no other finds more."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from newspan.validation import run, validate
from newspan.validation.engine import run_rules, run_stock
from newspan.validation.report import Outcome
from newspan.validation.suites import Check, load_suites
from validation.small_corpus import Corpus

INVALID = Path(__file__).parents[1] / "invalid"
CODES = sorted(check.code for suite in load_suites() for check in suite.checks)
FOLDERS = sorted(p.name for p in INVALID.iterdir() if p.is_dir() and p.name[0] != "_")


def test_every_check_has_a_folder_and_every_folder_a_check() -> None:
    assert FOLDERS == CODES


@pytest.mark.parametrize("code", FOLDERS)
def test_a_fault_trips_exactly_its_codes(code: str, tmp_path: Path, sparing: None) -> None:
    fault = _load(INVALID / code / "fault.py")
    expected = json.loads((INVALID / code / "expected.json").read_text(encoding="utf-8"))
    corpus = Corpus()
    if hasattr(fault, "corrupt"):
        fault.corrupt(corpus)
    corpus.write(tmp_path)
    if hasattr(fault, "damage"):
        fault.damage(tmp_path)
    report = validate(tmp_path)
    assert sorted(report.codes) == expected
    assert code in expected
    assert [o.check.code for o in report.outcomes if o.error] == []
    level = next(o.level for o in report.outcomes if o.check.code == code)
    assert report.exit_code(strict=True) == (0 if level == "info" else 1)


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"fault_{path.parent.name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sparing(monkeypatch: pytest.MonkeyPatch, clean_frames: dict[str, list[Outcome]]) -> None:
    """Great Expectations sees only what differs from the clean corpus.

    An outcome is a function of the rows, so that of a view that is unchanged is known, and an
    SQL rule that finds nothing when it is run alone finds nothing when it is run there.
    """

    def rules(checks: Sequence[Check], connection: Any, rows: Any) -> list[Outcome]:
        each = (f"select '{c.code}' as code from ({c.kwargs['query']}) as q" for c in checks)
        rows_found = connection.execute(f"select distinct code from ({' union all '.join(each)})")
        codes = {code for (code,) in rows_found.fetchall()}
        suspects = [c for c in checks if c.code in codes]
        found = {o.check.code: o for o in run_rules(suspects, connection, rows)}
        return [found.get(c.code, Outcome(c, 0, rows[c.view])) for c in checks]

    monkeypatch.setattr(run, "run_rules", rules)
    monkeypatch.setattr(run, "run_stock", _remembering(clean_frames))


@pytest.fixture(scope="module")
def clean_frames(clean: Path) -> dict[str, list[Outcome]]:
    """The outcomes over the small views of the clean corpus, by their content."""
    known: dict[str, list[Outcome]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "run_stock", _remembering(known))
        assert validate(clean).codes == frozenset()
    return known


def _remembering(known: dict[str, list[Outcome]]) -> Callable[..., list[Outcome]]:
    def stock(checks: Sequence[Check], frame: Any, keys: Sequence[str]) -> list[Outcome]:
        name = checks[0].view + frame.to_json(orient="split", date_format="iso")
        if name not in known:
            known[name] = run_stock(checks, frame, keys)
        return known[name]

    return stock
