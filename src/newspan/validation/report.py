"""What the checks found, and its four forms: text, JSON, JUnit XML, GitHub annotations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from newspan.errors import printable
from newspan.validation.suites import Check

__all__ = ["RENDERERS", "Outcome", "Report"]

SHOWN_ROWS = 3
"""Rows of a finding that the text report shows; JSON has all that were kept."""
MAX_SHOWN = 100
"""Characters of a value that the text report shows."""
MAX_ROWS = 20
"""Rows of a finding that are kept; the count is exact whatever its size."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check said."""

    check: Check
    failed: int
    """How many rows break it, exactly."""
    of: int
    """How many rows it looked at."""
    rows: tuple[Mapping[str, Any], ...] = ()
    """The first of them, at most MAX_ROWS."""
    error: str | None = None
    """Why the check could not be computed; such a check is critical whatever its level."""

    @property
    def level(self) -> str:
        """critical, warning, info, or error where the check raised; "" where all is well."""
        if self.error is not None:
            return "error"
        return self.check.level if self.failed else ""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of all checks over one corpus folder."""

    path: Path
    outcomes: tuple[Outcome, ...]
    not_run: tuple[tuple[str, str], ...] = ()
    """(suite, why) of the suites that there was no sense in running."""
    rows: Mapping[str, int] | None = None
    """Rows of the canonical tables, where they were read."""

    @property
    def findings(self) -> tuple[Outcome, ...]:
        """The outcomes that are not well, the gravest first, then in the order of the suites."""
        order = ("error", "critical", "warning", "info")
        found = [o for o in self.outcomes if o.level]
        return tuple(sorted(found, key=lambda o: order.index(o.level)))

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the checks that found something or raised."""
        return frozenset(o.check.code for o in self.outcomes if o.level)

    def exit_code(self, *, strict: bool = False) -> int:
        """0 where clean or with warnings only (`strict`: without warnings too), else 1."""
        levels = {o.level for o in self.outcomes}
        grave = {"error", "critical", *(["warning"] if strict else [])}
        return 1 if levels & grave else 0

    def text(self, *, strict: bool = False) -> str:
        """The report for a terminal: a line a finding with its first rows, then a summary."""
        lines: list[str] = []
        for o in self.findings:
            lines += _text_lines(o)
        lines += [f"not run: {suite} ({why})" for suite, why in self.not_run]
        lines.append(self._summary(strict))
        return "\n".join(printable(line) for line in lines) + "\n"

    def _summary(self, strict: bool) -> str:
        counts = {
            level: sum(o.level == level for o in self.outcomes)
            for level in ("error", "critical", "warning", "info")
        }
        said = [f"{n} {level}" for level, n in counts.items() if n] or ["all clean"]
        held = ", ".join(f"{n:,} {name}" for name, n in (self.rows or {}).items())
        verdict = "FAILED" if self.exit_code(strict=strict) else "passed"
        return (
            f"{verdict}: {self.path}: {len(self.outcomes)} checks"
            f"{f' over {held}' if held else ''}: {', '.join(said)}"
        )

    def json(self, *, strict: bool = False) -> str:
        """The report as JSON: every check, its counts and the rows kept."""
        value = {
            "path": str(self.path),
            "exit_code": self.exit_code(strict=strict),
            "rows": dict(self.rows or {}),
            "not_run": [{"suite": suite, "reason": why} for suite, why in self.not_run],
            "checks": [
                {
                    "code": o.check.code, "suite": o.check.suite, "level": o.check.level,
                    "meaning": o.check.meaning, "remedy": o.check.remedy,
                    "view": o.check.view, "failed": o.failed, "of": o.of,
                    "rows": [dict(row) for row in o.rows], "error": o.error,
                }
                for o in self.outcomes
            ],
        }  # fmt: skip
        # ASCII only: a row may hold half a surrogate pair, or turn the direction of a terminal.
        return json.dumps(value, indent=1, ensure_ascii=True) + "\n"

    def junit(self, *, strict: bool = False) -> str:
        """The report as JUnit XML: a test suite a suite, a test case a check.

        A finding that does not make the run fail stands in `system-out`.
        """
        suites: dict[str, list[str]] = {suite: [] for suite, _ in self.not_run}
        failures = errors = 0
        for o in self.outcomes:
            fails = o.level == "critical" or (strict and o.level == "warning")
            failures += fails
            errors += o.level == "error"
            suites.setdefault(o.check.suite, []).append(_junit_case(o, fails))
        reasons = dict(self.not_run)
        parts = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="newspan validate" tests="{len(self.outcomes)}" '
            f'failures="{failures}" errors="{errors}">',
        ]
        for suite, cases in suites.items():
            if suite in reasons:
                cases = [f'<testcase name="{suite}" classname="newspan.{suite}">'
                         f"<skipped message={_attribute(reasons[suite])}/></testcase>"]  # fmt: skip
            parts += [f'<testsuite name="{suite}" tests="{len(cases)}">', *cases, "</testsuite>"]
        return "\n".join([*parts, "</testsuites>"]) + "\n"

    def github(self, *, strict: bool = False) -> str:
        """The findings as workflow commands that GitHub shows beside the files."""
        lines = [_annotation(o, self.path, strict) for o in self.findings]
        lines += [f"::notice::{_data(f'suite {suite} not run: {why}')}"
                  for suite, why in self.not_run]  # fmt: skip
        return "\n".join([*lines, _data(printable(self._summary(strict)))]) + "\n"


RENDERERS = {
    "text": Report.text, "json": Report.json, "junit": Report.junit, "github": Report.github,
}  # fmt: skip
"""Name of a form to the method that writes it, called with `strict`."""


def _text_lines(o: Outcome) -> Iterator[str]:
    if o.error is not None:
        yield f"{o.check.code}  error     could not be computed: {_short(o.error)}"
    else:
        yield f"{o.check.code}  {o.level:<8}  {o.failed:,} of {o.of:,}  {o.check.meaning}"
    shown = o.rows[:SHOWN_ROWS]
    for row in shown:
        yield f"       {_row_text(row)}"
    if shown and o.failed > len(shown):
        yield f"       … and {o.failed - len(shown):,} more"
    yield f"     → {o.check.remedy}"


def _row_text(row: Mapping[str, Any]) -> str:
    said = [f"{key}={_short(value)}" for key, value in row.items() if value is not None]
    return ", ".join(said)


def _short(value: Any) -> str:
    text = str(value).replace("\n", "\\n")
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


# What XML 1.0 has no way to hold, not even as an entity.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    return _NOT_XML.sub(lambda m: f"\\u{ord(m[0]):04x}", printable(text))


def _attribute(text: str) -> str:
    return quoteattr(_xml(text))


def _junit_case(o: Outcome, fails: bool) -> str:
    name = _attribute(f"{o.check.code} {o.check.meaning}")
    head = f'<testcase name={name} classname="newspan.{o.check.suite}"'
    body = escape(_xml("\n".join(_text_lines(o)))) if o.level else ""
    if o.error is not None:
        return f"{head}><error message={_attribute(o.error)}>{body}</error></testcase>"
    if fails:
        message = _attribute(f"{o.failed} of {o.of}")
        return f'{head}><failure type="{o.level}" message={message}>{body}</failure></testcase>'
    return f"{head}><system-out>{body}</system-out></testcase>" if body else f"{head}/>"


def _annotation(o: Outcome, folder: Path, strict: bool) -> str:
    command = {"error": "error", "critical": "error", "info": "notice"}.get(o.level, "warning")
    if strict and o.level == "warning":
        command = "error"
    file = _property(str(_file_of(o, folder)))
    title = _property(f"{o.check.code} {o.level}")
    return (
        f"::{command} file={file},title={title}::{_data(printable(chr(10).join(_text_lines(o))))}"
    )


def _file_of(o: Outcome, folder: Path) -> Path:
    """The file a finding is about: named by its first row, else the table's folder."""
    row = o.rows[0] if o.rows else {}
    if "path" in row:
        return folder / str(row["path"])
    known = o.check.suite in ("articles", "spans", "relations", "entities")
    return folder / o.check.suite if known else folder


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
