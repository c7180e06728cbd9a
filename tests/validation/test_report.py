"""The report in its four forms, with strings that mean harm, and its exit codes."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from newspan.validation import RENDERERS, Outcome, Report
from newspan.validation.suites import Check, Level

HOSTILE = "\x1b[2J\x00]]><b>&\"'\ud800 %0A::error::\r\n\N{RIGHT-TO-LEFT OVERRIDE}x"


def check(code: str, level: Level, suite: str = "spans") -> Check:
    return Check(code, level, f"What {code} catches.", "Mend it.", suite, "spans", "sql", {})


def report(*outcomes: Outcome) -> Report:
    return Report(Path("corpus/tables"), outcomes, (("corpus", "files first"),), {"spans": 1200})


FOUND = {
    "clean": Outcome(check("S01", "critical"), 0, 1200),
    "critical": Outcome(check("S02", "critical"), 25, 1200, ({"id": "a/b/c", "n": 1, "x": None},)),
    "warning": Outcome(check("S03", "warning"), 1, 1200, ({"id": HOSTILE},)),
    "info": Outcome(check("S04", "info"), 1, 1200, ({"id": "a/b/d"},)),
    "error": Outcome(check("S05", "info"), 0, 0, error=f"no such column {HOSTILE}"),
}


@pytest.mark.parametrize(
    ("names", "plain", "strict"),
    [
        ("clean", 0, 0),
        ("clean info", 0, 0),
        ("clean warning", 0, 1),
        ("clean critical", 1, 1),
        ("clean error", 1, 1),
        ("warning critical", 1, 1),
    ],
)
def test_exit_codes(names: str, plain: int, strict: int) -> None:
    found = report(*(FOUND[name] for name in names.split()))
    assert found.exit_code() == plain
    assert found.exit_code(strict=True) == strict


def test_the_text_names_code_level_count_rows_and_remedy() -> None:
    text = report(*FOUND.values()).text()
    assert "S02  critical  25 of 1,200  What S02 catches." in text
    assert "id=a/b/c, n=1\n" in text
    assert "… and 24 more" in text
    assert "→ Mend it." in text
    assert "not run: corpus (files first)" in text
    assert text.splitlines()[-1] == (
        "FAILED: corpus/tables: 5 checks over 1,200 spans: 1 error, 1 critical, 1 warning, 1 info"
    )
    assert text.index("S05") < text.index("S02") < text.index("S03") < text.index("S04")


def test_a_clean_report_says_so() -> None:
    assert "passed: corpus/tables: 1 checks over 1,200 spans: all clean" in report(
        FOUND["clean"]
    ).text(strict=True)


@pytest.mark.parametrize("name", sorted(RENDERERS))
@pytest.mark.parametrize("strict", [False, True])
def test_no_form_lets_a_row_act(name: str, strict: bool) -> None:
    text = RENDERERS[name](report(*FOUND.values()), strict=strict)
    assert text.encode("utf-8")
    assert not set(text) & set("\x1b\x00\r\u202e")


def test_json_has_every_check_and_row() -> None:
    found = json.loads(report(*FOUND.values()).json())
    assert [c["code"] for c in found["checks"]] == ["S01", "S02", "S03", "S04", "S05"]
    assert found["checks"][1]["rows"] == [{"id": "a/b/c", "n": 1, "x": None}]
    assert (found["exit_code"], found["not_run"][0]["suite"]) == (1, "corpus")


@pytest.mark.parametrize(("strict", "failures"), [(False, 1), (True, 2)])
def test_junit_counts_what_makes_the_run_fail(strict: bool, failures: int) -> None:
    root = ET.fromstring(report(*FOUND.values()).junit(strict=strict))  # our own
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == (
        "5",
        str(failures),
        "1",
    )
    assert len(root.findall(".//failure")) == failures
    assert len(root.findall(".//error")) == 1
    assert [s.get("message") for s in root.findall(".//skipped")] == ["files first"]
    shown = root.findall(".//system-out")
    assert len(shown) == (1 if strict else 2)


def test_github_annotations_are_one_line_each() -> None:
    lines = report(*FOUND.values()).github().splitlines()
    commands = [line.partition(" ")[0] for line in lines]
    assert commands[:4] == ["::error", "::error", "::warning", "::notice"]
    assert lines[1].startswith("::error file=corpus/tables/spans,title=S02 critical::S02  critical")
    assert "%0A" in lines[1]
    assert len(lines) == 6


def test_github_names_the_file_of_a_finding_and_escapes_it() -> None:
    found = Outcome(check("F01", "critical", "files"), 1, 9, ({"path": "spans/a,b:100%.parquet"},))
    line = report(found).github().splitlines()[0]
    assert "file=corpus/tables/spans/a%2Cb%3A100%25.parquet,title=F01 critical::" in line
