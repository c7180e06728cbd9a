"""The report for people at a terminal: a table of findings, then each with its first rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from newspan.errors import printable
from newspan.validation.outcome import Outcome, Report
from newspan.validation.places import Place
from newspan.validation.report.pointer import pointed
from newspan.validation.report.rows import counted, place_label, short, told

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = ["SHOWN_ROWS", "finding_text", "render_text"]

SHOWN_ROWS = 3
"""Rows of a finding that are shown, where nothing else is asked."""
MIN_WIDTH = 40
_STYLES = {"error": "bold red", "critical": "bold red", "warning": "yellow", "info": "cyan"}


def render_text(
    report: Report, *, strict: bool = False, width: int = 80, colour: bool = False,
    shown: int = SHOWN_ROWS,
) -> str:  # fmt: skip
    """The report in lines of `width` cells: table, findings with their rows, summary."""
    width = max(width, MIN_WIDTH)
    verdict = "bold red" if report.exit_code(strict=strict) else "bold green"
    words = report.summary(strict=strict)
    # The last line is whole, however long, so that it can be searched for.
    last = _printed([_styled(words, verdict)], 12 * len(words), colour=colour)
    return _printed(_blocks(report, width, shown), width, colour=colour) + last


def finding_text(o: Outcome, *, width: int = 100, shown: int = SHOWN_ROWS) -> str:
    """One finding as plain text."""
    return _printed(_finding(o, width, shown), width, colour=False)


def _printed(blocks: Iterable[RenderableType], width: int, *, colour: bool) -> str:
    from rich.console import Console

    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, legacy_windows=False,
        color_system="standard" if colour else None, markup=False, highlight=False, emoji=False,
    )  # fmt: skip
    with console.capture() as capture:
        for block in blocks:
            console.print(block)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _blocks(report: Report, width: int, shown: int) -> Iterator[RenderableType]:
    findings = report.findings
    if findings:
        yield _table(findings)
    for o in findings:
        if not o.settled:  # what is known needs no reading again
            yield ""
            yield from _finding(o, width, shown)
    notes = [_styled(note, "dim") for note in report.notes()]
    if findings or notes:
        yield ""
    yield from notes


def _table(findings: Sequence[Outcome]) -> RenderableType:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("code", no_wrap=True)
    table.add_column("level", no_wrap=True)
    table.add_column("rows", no_wrap=True, justify="right")
    table.add_column("what it catches", overflow="fold", ratio=1)
    for o in findings:
        cells = (o.check.code, o.level, counted(o), o.check.meaning)
        style = "dim" if o.settled else _STYLES[o.level]
        table.add_row(*(_styled(cell, style if at < 2 else "") for at, cell in enumerate(cells)))
    return table


def _finding(o: Outcome, width: int, shown: int) -> Iterator[RenderableType]:
    head = _styled(f"{o.check.code} {o.level}  ", _STYLES[o.level])
    head.append(printable(f"{counted(o)}  {o.check.meaning}"), style="not bold default")
    yield head
    if o.error is not None:
        yield _indented(f"could not be computed: {short(o.error)}", 2)
    located = list(o.located())[: min(shown, o.fresh)]
    for row, places in located:
        yield _indented(told(row, places).line, 2)
        for place in places:
            if place.role != "id":
                yield _indented(place_label(place), 4)
            yield from _excerpt(place, width - 6)
    rest = o.fresh - len(located)
    if rest > 0 and located:
        yield _indented(f"… and {rest:,} more", 2, "dim")
    yield _indented(f"→ {o.check.remedy}", 2, "green")


def _excerpt(place: Place, width: int) -> Iterator[RenderableType]:
    if place.parts:
        line, carets = pointed(place.parts, width)
        yield _indented(line, 6)
        if carets:
            yield _indented(carets, 6, "bold red")


def _styled(text: str, style: str) -> Text:
    from rich.text import Text

    return Text(printable(text).replace("\n", " "), style=style)


def _indented(text: str, by: int, style: str = "") -> RenderableType:
    from rich.padding import Padding

    return Padding(_styled(text, style), (0, 0, 0, by))
