"""Great Expectations' own pages of the outcomes, Data Docs, as files that need no network.

Its templates link to a dozen places on the net, run scripts and escape nothing. So only the
inside of its page is taken, in a page of ours that has one style sheet and forbids the rest,
and whatever is handed to it has been escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from newspan.errors import printable
from newspan.files import write_atomically
from newspan.validation.engine import library, quiet
from newspan.validation.outcome import Outcome, Report
from newspan.validation.report.rows import told
from newspan.validation.rule import define_rule

__all__ = ["write_data_docs"]

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>%s</title>
<style>
%s</style>
</head>
<body>
"""
_PAGE = """{{ head }}
<header><p><a href="index.html">All suites</a></p><h1>{{ page_title }}</h1></header>
{% include 'table_of_contents.j2' %}
<main>
{% for section in sections %}{% set section_loop = loop -%}{% include 'section.j2' %}{% endfor %}
</main>
</body>
</html>
"""


def write_data_docs(report: Report, folder: Path) -> None:
    """Write `index.html` and a page a suite into a folder, which is made if need be.

    Raises MissingExtra without Great Expectations, NewspanError where nothing can be written.
    """
    suites: dict[str, list[Outcome]] = {}
    for o in report.outcomes:
        suites.setdefault(o.check.suite, []).append(o)
    with quiet():
        library()
        pages = {name: _page(name, own) for name, own in suites.items()}
    write_atomically(folder / "index.html", _index(report, suites))
    for name, page in pages.items():
        write_atomically(folder / f"{name}.html", page)


def _safe(value: Any) -> str:
    # A dollar sign would begin a placeholder of the library's templates.
    return escape(printable(str(value))).replace("$", "&#36;")


def _head(title: str) -> str:
    css = Path(__file__).with_name("docs.css").read_text(encoding="utf-8")
    return _HEAD % (_safe(title), css)


def _page(name: str, outcomes: Sequence[Outcome]) -> str:
    """The page of one suite."""
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
    from great_expectations.render.view import DefaultJinjaPageView
    from jinja2 import ChoiceLoader, DictLoader

    document = ValidationResultsPageRenderer().render(_suite_result(name, outcomes))
    overview = document.sections[0]
    # What follows head and statistics is about a batch that there is not.
    overview.content_blocks = overview.content_blocks[1:2]
    view = DefaultJinjaPageView()
    view.env.loader = ChoiceLoader([DictLoader({"page.j2": _PAGE}), view.env.loader])
    content = document.to_json_dict() | {"page_title": f"Suite {_safe(name)}"}
    return str(view.env.get_template("page.j2").render(content, head=_head(f"Suite {name}")))


def _suite_result(name: str, outcomes: Sequence[Outcome]) -> Any:
    from great_expectations.core.expectation_validation_result import (
        ExpectationSuiteValidationResult,
    )

    define_rule()
    passed = sum(not o.level for o in outcomes)
    return ExpectationSuiteValidationResult(
        success=passed == len(outcomes),
        results=[_result(o) for o in outcomes],
        suite_name=_safe(name),
        suite_parameters={},
        statistics={
            "evaluated_expectations": len(outcomes),
            "successful_expectations": passed,
            "unsuccessful_expectations": len(outcomes) - passed,
            "success_percent": 100 * passed / len(outcomes),
        },
        meta={},
    )


def _result(o: Outcome) -> Any:
    """The outcome as Great Expectations would hand it back, all words escaped."""
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    described = f"{o.check.code} {o.check.level}: {o.check.meaning}"
    remedy = f" → {o.check.remedy}" if o.level else ""
    # Of the arguments only the column is shown; it names the section.
    column = {"column": _safe(o.check.kwargs["column"])} if "column" in o.check.kwargs else {}
    percent = 100 * o.failed / max(o.of, o.failed, 1)
    return ExpectationValidationResult(
        success=not o.level,
        expectation_config=ExpectationConfiguration(
            type=o.check.type,
            kwargs=o.check.kwargs | column,
            meta={"code": o.check.code},
            description=_safe(described + remedy),
            severity=o.check.level,
        ),
        result={
            "element_count": o.of,
            "unexpected_count": o.failed,
            "unexpected_percent": percent,
            "unexpected_percent_total": percent,
            "partial_unexpected_list": [
                _safe(told(row, places).line) for row, places in o.located()
            ],
        },
        exception_info={
            "raised_exception": o.error is not None,
            "exception_message": None if o.error is None else _safe(o.error),
            "exception_traceback": None if o.error is None else "",
        },
        meta={},
    )


def _index(report: Report, suites: dict[str, list[Outcome]]) -> str:
    rows = []
    for name, own in suites.items():
        failed = sum(bool(o.level) for o in own)
        rows.append(
            f'<tr><th scope="row"><a href="{_safe(name)}.html">{_safe(name)}</a></th>'
            f"<td>{len(own)}</td><td>{failed}</td></tr>"
        )
    notes = [str(altered) for altered in report.altered]
    notes += [f"{c.code} {c.meaning} Skipped: {reason}" for c, reason in report.skipped]
    notes += [f"The suite {suite} was not run: {why}." for suite, why in report.not_run]
    listed = "".join(f"<li><bdi>{_safe(note)}</bdi></li>" for note in notes)
    return (
        _head("Data Docs")
        + "<main><h1>Data Docs</h1>\n"
        + f"<p><bdi>{_safe(report.summary())}</bdi></p>\n"
        + '<table><thead><tr><th scope="col">Suite</th><th scope="col">Checks</th>'
        + f'<th scope="col">With findings</th></tr></thead><tbody>{"".join(rows)}</tbody></table>\n'
        + (f"<ul>{listed}</ul>\n" if listed else "")
        + "</main></body></html>\n"
    )
