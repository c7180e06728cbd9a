"""The report as one HTML page that needs nothing but itself: no network, no script.

Whatever the data hold is escaped, and stands in a `bdi`, so that it turns no direction but its
own; the page's content security policy forbids scripts and requests all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from newspan.errors import printable
from newspan.validation.outcome import LEVELS, Report
from newspan.validation.places import Place
from newspan.validation.report.rows import counted, place_label, told
from newspan.validation.suites import Check

__all__ = ["render_html"]

_COMMAND = re.compile("`([^`]+)`")
"""A command in a remedy."""
_FILTERS = ("all", "findings", "critical", "warning", "info", "clean", "skipped")


def render_html(report: Report, *, strict: bool = False) -> str:
    """The report as a page: summary, table of all checks, findings with their rows."""
    css = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    failed = report.exit_code(strict=strict)
    verdict = "Checks failed" if failed else "Checks passed"
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{verdict}: {_words(str(report.path))}</title>\n<style>\n{css}</style>\n</head>\n"
    )
    body = [
        '<a class="skip" href="#findings">Skip to the findings</a>',
        "<header>",
        f"<h1>{verdict}</h1>",
        f"<p><code><bdi>{_words(str(report.path))}</bdi></code></p>",
        *_summary(report),
        "</header>",
        "<main>",
        *_checks(report),
        *_findings(report),
        "</main>",
        f"<footer><p class='quiet'><bdi>{_words(report.summary(strict=strict))}</bdi></p></footer>",
    ]
    return head + "<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"


def _words(text: str) -> str:
    """Text of others, for between tags and in quoted attributes."""
    return escape(printable(text))


def _level(level: str) -> str:
    return f'<span class="level level-{level}">{level}</span>'


def _summary(report: Report) -> Iterator[str]:
    yield '<ul class="summary">'
    counts = {level: sum(o.level == level for o in report.outcomes) for level in LEVELS}
    counts["clean"] = sum(not o.level for o in report.outcomes)
    counts["skipped"] = len(report.skipped)
    for level, n in counts.items():
        if n or level in ("critical", "warning"):
            yield f"<li><b>{n}</b> {_level(level)}</li>"
    yield "</ul>"
    if report.rows:
        held = ", ".join(f"{n:,} {_words(name)}" for name, n in report.rows.items())
        yield f"<p>{held}</p>"
    if report.baseline is not None:
        known, rows = sum(o.known for o in report.outcomes), sum(o.failed for o in report.outcomes)
        yield (
            f"<p>{known:,} of {rows:,} rows are known from "
            f"<code><bdi>{_words(str(report.baseline))}</bdi></code>.</p>"
        )
    if report.left_out:
        yield f"<p>{report.left_out} checks were not asked for.</p>"
    for altered in report.altered:
        yield f"<p><bdi>{_words(str(altered))}</bdi></p>"
    for suite, why in report.not_run:
        name, reason = f"<bdi>{_words(suite)}</bdi>", f"<bdi>{_words(why)}</bdi>"
        yield f"<p>The suite {name} was not run: {reason}.</p>"


def _checks(report: Report) -> Iterator[str]:
    yield '<section aria-labelledby="checks"><h2 id="checks">Checks</h2>'
    chosen = "findings" if report.findings else "all"
    yield "<fieldset><legend>Show</legend>"
    for name in _FILTERS:
        checked = " checked" if name == chosen else ""
        yield (f'<label><input type="radio" name="show" id="show-{name}"{checked}> {name}</label>')
    yield "</fieldset>"
    yield '<div class="wide" role="region" aria-labelledby="checks" tabindex="0"><table>'
    yield "<caption>Every check with the rows that break it</caption>"
    yield (
        '<thead><tr><th scope="col">Code</th><th scope="col">Level</th>'
        '<th scope="col" class="rows">Rows</th><th scope="col">What it catches</th></tr></thead>'
    )
    yield "<tbody>"
    for o in report.outcomes:
        yield _check_row(o.check, o.level or "clean", counted(o) if o.level else f"{o.of:,}")
    for check, reason in report.skipped:
        yield _check_row(check, "skipped", "", reason)
    yield "</tbody></table></div></section>"


def _check_row(check: Check, level: str, rows: str, reason: str = "") -> str:
    code = _words(check.code)
    found = level in LEVELS
    # The anchor of a code is its finding, and where it has none, its line here.
    named = f'<a href="#{code}">{code}</a>' if found else code
    at = "" if found else f' id="{code}"'
    why = f" <span class='quiet'>Skipped: <bdi>{_words(reason)}</bdi></span>" if reason else ""
    return (
        f'<tr data-level="{level}"{at}><th scope="row">{named}</th><td>{_level(level)}</td>'
        f'<td class="rows">{rows}</td><td>{_words(check.meaning)}{why}</td></tr>'
    )


def _findings(report: Report) -> Iterator[str]:
    yield '<section aria-labelledby="findings"><h2 id="findings">Findings</h2>'
    if not report.findings:
        yield "<p>None.</p>"
    for o in report.findings:
        code = _words(o.check.code)
        yield (
            f'<section class="finding level-border-{o.level}" aria-labelledby="{code}">'
            f'<h3 id="{code}"><a href="#{code}">{code}</a> {_level(o.level)} '
            f"{_words(o.check.meaning)}</h3>"
        )
        rows = "" if o.error is not None else " rows"
        yield f"<p>{counted(o)}{rows}{', all known' if o.settled else ''}</p>"
        if o.error is not None:
            yield f"<p>Could not be computed: <code><bdi>{_words(o.error)}</bdi></code></p>"
        remedy = _COMMAND.sub(r"<code>\1</code>", _words(o.check.remedy))
        yield f'<p class="remedy">{remedy}</p>'
        if o.rows:
            yield "<ol>"
            yield from (_row(row, places) for row, places in o.located())
            yield "</ol>"
        if o.rows and (rest := o.failed - len(o.rows)):
            yield f"<p class='quiet'>and {rest:,} more</p>"
        yield "</section>"
    yield "</section>"


def _row(row: Mapping[str, Any], places: Sequence[Place]) -> str:
    said = told(row, places)
    parts = []
    if said.name:
        parts.append(f"<code><bdi>{escape(said.name)}</bdi></code> "
                     f"<span class='quiet'>{escape(said.what)}</span>")  # fmt: skip
    if said.values:
        pairs = "".join(
            f"<div><dt>{escape(name)}</dt><dd><bdi>{escape(value)}</bdi></dd></div>"
            for name, value in said.values
        )
        parts.append(f'<dl class="values">{pairs}</dl>')
    for place in places:
        if place.role != "id":
            parts.append(f"<p class='quiet'><bdi>{escape(place_label(place))}</bdi></p>")
        if place.parts:
            parts.append(f"<blockquote><bdi>{_marked(place)}</bdi></blockquote>")
    return f"<li>{''.join(parts)}</li>"


def _marked(place: Place) -> str:
    return "".join(
        f"<mark>{_words(part.text)}</mark>" if part.marked else _words(part.text)
        for part in place.parts
    )
