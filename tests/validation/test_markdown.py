"""The report as Markdown: what it says, and that nothing in the data is markup."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from newspan.validation import RENDERERS, Outcome, Report
from newspan.validation.suites import Check, Level

HOSTILE = (
    "</details><script>x</script> ![x](http://evil.example/x) [a](b) | ``` # *b* _c_ "
    "www.evil.example @someone\n- \x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}"
)


def check(code: str, level: Level) -> Check:
    return Check(code, level, f"What {code} catches.", "Mend it.", "spans", "spans", "sql", {})


def rendered(*outcomes: Outcome, strict: bool = False) -> str:
    skipped = ((check("S08", "info"), HOSTILE), (check("S09", "info"), HOSTILE))
    report = Report(Path("a|b"), outcomes, (("corpus", HOSTILE),), {"spans": 12}, skipped=skipped)
    return RENDERERS["markdown"](report, strict=strict)


def test_it_says_what_was_found_and_what_was_not_looked_at() -> None:
    rows = tuple({"id": f"a/b/{n}"} for n in range(12))
    found = Outcome(check("S02", "critical"), 25, 1200, rows)
    text = unescape(rendered(found, Outcome(check("S01", "critical"), 0, 1200)))
    assert text.startswith("### newspan: checks failed\n\nFAILED: a|b: 2 checks")
    assert "| S02 | critical | 25 of 1,200 | What S02 catches. | Mend it. |" in text
    assert "S01" not in text
    assert text.count("- id=a/b/") == 10
    assert "… and 15 more" in text
    assert "- skipped: S08 S09 (" in text
    assert "- not run: corpus (" in text


def test_a_check_that_raised_says_why() -> None:
    text = rendered(Outcome(check("S02", "info"), 0, 0, error="no such column"))
    assert "- could not be computed: no such column" in text


def test_a_warning_fails_when_strict() -> None:
    found = Outcome(check("S02", "warning"), 1, 2, ({"id": "a/b/c"},))
    assert "checks passed" in rendered(found)
    assert "checks failed" in rendered(found, strict=True)


@pytest.mark.parametrize("error", [None, HOSTILE])
def test_nothing_in_the_data_is_markup(error: str | None) -> None:
    hostile = Outcome(check("S02", "critical"), 1, 1, ({HOSTILE: HOSTILE, "id": HOSTILE},), error)
    plain = Outcome(check("S02", "critical"), 1, 1, ({"x": "y", "id": "z"},), error and "x")
    text = rendered(hostile)
    assert set(re.findall(r"<[^>]*>", text)) == {
        "<details>", "</details>", "<summary>", "</summary>"
    }  # fmt: skip
    assert not set(text) & set("[]`*_@\\\x1b\N{RIGHT-TO-LEFT OVERRIDE}")
    assert len(text.splitlines()) == len(rendered(plain).splitlines())
    for sign in ("|", "://", "www."):
        assert text.count(sign) == rendered(plain).count(sign)
