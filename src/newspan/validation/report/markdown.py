"""The report as Markdown, such as GitHub shows as the summary of a job.

Whatever the data hold is written as character references, so that it is no markup: neither a
link, an image nor HTML.
"""

from __future__ import annotations

from collections.abc import Iterator

from newspan.errors import printable
from newspan.validation.outcome import Outcome, Report
from newspan.validation.report.pointer import bracketed
from newspan.validation.report.rows import counted, told

__all__ = ["render_markdown"]

MOST_ROWS = 10
"""Rows of a finding that are shown: a summary may be 1 MiB long, and no more."""
WIDTH = 120


def render_markdown(report: Report, *, strict: bool = False) -> str:
    """The report as a table of findings, each with its first rows folded away."""
    failed = report.exit_code(strict=strict)
    lines = [f"### newspan: checks {'failed' if failed else 'passed'}", ""]
    lines += [_plain(report.summary(strict=strict)), ""]
    findings = report.findings
    if findings:
        lines += ["| code | level | rows | what it catches | what to do |", "|---|---|---|---|---|"]
        lines += [
            f"| {o.check.code} | {o.level} | {_plain(counted(o))} | {_plain(o.check.meaning)} "
            f"| {_plain(o.check.remedy)} |"
            for o in findings
        ]
        lines.append("")
    for o in findings:
        lines += _rows(o)
    lines += [f"- {_plain(note)}" for note in report.notes()]
    return "\n".join(lines).rstrip() + "\n"


def _rows(o: Outcome) -> Iterator[str]:
    shown = list(o.located())[: min(MOST_ROWS, o.fresh)]
    if o.error is None and not shown:
        return
    yield f"<details><summary>{o.check.code}: {_plain(counted(o))}</summary>"
    yield ""
    if o.error is not None:
        yield f"- could not be computed: {_plain(o.error)}"
    for row, places in shown:
        yield f"- {_plain(told(row, places).line)}"
        for place in places:
            if place.parts:
                yield f"  <br>{_plain(bracketed(place.parts, WIDTH))}"
    rest = o.fresh - len(shown)
    if shown and rest > 0:
        yield f"- … and {rest:,} more"
    yield ""
    yield "</details>"
    yield ""


def _plain(text: str) -> str:
    """Text of others: one line in which no character means anything but itself."""
    return "".join(
        f"&#{ord(c)};" if c.isascii() and not (c.isalnum() or c in " ,") else c
        for c in printable(text).replace("\n", " ")
    )
