"""The findings as workflow commands, which GitHub shows beside the lines of the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newspan.errors import printable
from newspan.validation.outcome import Outcome, Report
from newspan.validation.places import Place
from newspan.validation.report.pointer import bracketed
from newspan.validation.report.rows import counted, place_label, short, told
from newspan.validation.report.sources import Source, Sources

__all__ = ["render_github"]

MOST = 10
"""Annotations of one level that GitHub shows of a step; the rest stand in its log alone."""
WIDTH = 120

_Row = tuple[Mapping[str, Any], tuple[Place, ...]]


def render_github(report: Report, *, strict: bool = False) -> str:
    """An annotation a finding, at the source of its first row; then further rows, as many as
    GitHub shows. What the baseline knows is left out."""
    sources = Sources(report.path)
    found = [o for o in report.findings if not o.settled]
    lines: list[str] = []
    shown: dict[str, int] = {}
    for at in range(max((len(o.rows) for o in found), default=0) or 1):
        for o in found:
            command = _command(o, strict)
            if at and (at >= min(len(o.rows), o.fresh) or shown[command] >= MOST):
                continue
            row = next(iter(list(o.located())[at : at + 1]), ({}, ()))
            shown[command] = shown.get(command, 0) + 1
            lines.append(f"::{command} {_where(o, row, report, sources)}::{_message(o, row)}")
    lines += [f"::notice::{_data(printable(note))}" for note in report.notes()]
    return "\n".join([*lines, _data(printable(report.summary(strict=strict)))]) + "\n"


def _command(o: Outcome, strict: bool) -> str:
    if o.fails(strict=strict) or o.level == "critical":
        return "error"
    return "notice" if o.level == "info" else "warning"


def _where(o: Outcome, row: _Row, report: Report, sources: Sources) -> str:
    """The properties of an annotation: file, line where there is one, title."""
    path, line = _source(o, row, report, sources)
    at = "" if line is None else f",line={line}"
    title = _property(f"{o.check.code} {o.level}")
    return f"file={_property(str(_relative(path)))}{at},title={title}"


def _source(o: Outcome, row: _Row, report: Report, sources: Sources) -> Source:
    """The source of the first record that a row names; else the file or table it speaks of."""
    values, places = row
    if places:
        return sources.of(places[0])
    folder = report.path.absolute()
    line = values.get("line")
    if folder.is_file():
        return Source(folder, line)
    if "path" in values:
        return Source(folder / str(values["path"]), line)
    known = o.check.suite in ("articles", "spans", "relations", "entities")
    return Source(folder / o.check.suite if known else folder, None)


def _relative(path: Path) -> Path:
    """From the current directory, which is that of the repository where GitHub runs us."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _message(o: Outcome, row: _Row) -> str:
    lines = [f"{o.check.meaning} ({counted(o)})"]
    if o.error is not None:
        lines.append(f"could not be computed: {short(o.error)}")
    lines += _told(*row)
    return _data(printable("\n".join([*filter(None, lines), f"→ {o.check.remedy}"])))


def _told(row: Mapping[str, Any], places: Sequence[Place]) -> Iterator[str]:
    yield told(row, places).line
    for place in places:
        if place.role != "id":
            yield place_label(place)
        if place.parts:
            yield bracketed(place.parts, WIDTH)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
