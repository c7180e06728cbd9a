"""The report as JUnit XML: a test suite a suite, a test case a check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from newspan.errors import printable
from newspan.validation.outcome import Outcome, Report
from newspan.validation.report.rows import counted
from newspan.validation.report.text import finding_text

__all__ = ["render_junit"]


def render_junit(report: Report, *, strict: bool = False) -> str:
    """The report as JUnit XML.

    A finding that does not make the run fail stands in `system-out`.
    """
    suites: dict[str, list[str]] = {}
    for o in report.outcomes:
        suites.setdefault(o.check.suite, []).append(_case(o, o.fails(strict=strict)))
    for check, reason in report.skipped:
        suites.setdefault(check.suite, []).append(
            _skipped(check.suite, f"{check.code} {check.meaning}", reason)
        )
    for suite, why in report.not_run:
        suites.setdefault(suite, []).append(_skipped(suite, suite, why))
    cases = [case for own in suites.values() for case in own]
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="newspan validate" {_totals(cases)}>',
    ]
    properties = list(_properties(report))
    for suite, own in suites.items():
        head = f"<testsuite name={_attribute(suite)} {_totals(own)}>"
        parts += [head, *properties, *own, "</testsuite>"]
    return "\n".join([*parts, "</testsuites>"]) + "\n"


def _properties(report: Report) -> Iterator[str]:
    """What the settings change, of which the form knows nothing of its own."""
    if report.altered:
        yield "<properties>"
        for altered in report.altered:
            name = f"newspan.{altered.kind}.{altered.name}"
            yield f"<property name={_attribute(name)} value={_attribute(altered.change)}/>"
        yield "</properties>"


def _totals(cases: list[str]) -> str:
    kinds = {"failures": "<failure ", "errors": "<error ", "skipped": "<skipped "}
    counts = {name: sum(mark in case for case in cases) for name, mark in kinds.items()}
    return " ".join(f'{name}="{n}"' for name, n in {"tests": len(cases), **counts}.items())


def _case(o: Outcome, fails: bool) -> str:
    head = f"<testcase {_names(o.check.suite, f'{o.check.code} {o.check.meaning}')}"
    body = escape(_xml(finding_text(o))) if o.level else ""
    if o.error is not None:
        return f"{head}><error message={_attribute(o.error)}>{body}</error></testcase>"
    if fails:
        message = _attribute(counted(o))
        return f'{head}><failure type="{o.level}" message={message}>{body}</failure></testcase>'
    return f"{head}><system-out>{body}</system-out></testcase>" if body else f"{head}/>"


def _skipped(suite: str, name: str, reason: str) -> str:
    return f"<testcase {_names(suite, name)}><skipped message={_attribute(reason)}/></testcase>"


def _names(suite: str, name: str) -> str:
    return f"name={_attribute(name)} classname={_attribute(f'newspan.{suite}')}"


# What XML 1.0 has no way to hold, not even as an entity.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    return _NOT_XML.sub(lambda m: f"\\u{ord(m[0]):04x}", printable(text))


def _attribute(text: str) -> str:
    return quoteattr(_xml(text))
