"""The verb that checks a corpus."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import MutableMapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from newspan.validation import Report


class ReportFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"
    HTML = "html"
    MARKDOWN = "markdown"


class Engine(StrEnum):
    """What the checks run on."""

    LOCAL = "local"
    SPARK = "spark"


def validate(
    path: Annotated[
        Path | None,
        typer.Argument(help="Checkout, folder of tables, JSON Lines, or Label Studio export."),
    ] = None,
    format: Annotated[
        ReportFormat, typer.Option(help="How findings are printed.")
    ] = ReportFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as failures.")] = False,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings; by default the newspan.toml at the path."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="CODE", help="Run this check; repeatable.")
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option(
            "--skip", metavar="CODE=REASON", help="Leave out this check; reports say why."
        ),
    ] = None,
    max_rows: Annotated[
        int | None,
        typer.Option(
            "--max-rows",
            metavar="N",
            min=0,
            help="Rows kept of a finding; without it 20, of which the text shows 3.",
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A JSON report: what it has does not fail again."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write an HTML page too.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help="Write Markdown too.")
    ] = None,
    docs: Annotated[
        Path | None,
        typer.Option("--docs", metavar="DIR", help="Write Great Expectations' Data Docs too."),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="Spark is for tables that one machine does not hold.")
    ] = Engine.LOCAL,
) -> None:
    """Run the data-quality checks. Exit 0: clean; 1: critical findings; 2: could not run.

    Example: newspan validate corpus/tables --format junit > report.xml
    """  # fmt: skip
    prefer_lean_allocators(os.environ)
    from newspan import validation
    from newspan.files import write_atomically
    from newspan.paths import data_root

    asked = validation.Asked(
        keys=format is ReportFormat.JSON,
        baseline=None if baseline is None else validation.read_baseline(baseline),
    )
    if max_rows is not None:
        asked = asked._replace(max_rows=max_rows)
    run = validation.validate
    if engine is Engine.SPARK:
        from newspan.validation.spark import validate as run
    report = run(
        data_root() if path is None else path,
        settings=None if config is None else validation.read_settings(config),
        only=only or (), skip=validation.parse_skips(skip or ()), asked=asked,
    )  # fmt: skip
    if html is not None:
        write_atomically(html, validation.RENDERERS["html"](report, strict=strict))
    if markdown is not None:
        write_atomically(markdown, validation.RENDERERS["markdown"](report, strict=strict))
    if docs is not None:
        validation.write_data_docs(report, docs)
    if format is ReportFormat.TEXT:
        typer.echo(_uncommanding(_text(report, strict, max_rows)), nl=False)
    else:
        typer.echo(validation.RENDERERS[format.value](report, strict=strict), nl=False)
    raise typer.Exit(report.exit_code(strict=strict))


def _uncommanding(text: str) -> str:
    """The text between two lines that keep GitHub from taking any of it for a workflow command.

    The report quotes articles, and one may hold a line such as `::add-mask::`.
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    token = secrets.token_hex(16)
    return f"::stop-commands::{token}\n{text}::{token}::\n"


def prefer_lean_allocators(environment: MutableMapping[str, str]) -> None:
    """Let Arrow and polars give memory back as soon as they are done with it.

    Without that they keep what was used once, which for tables that are read, joined and
    dropped one after another comes to half as much again. They look at the environment when
    they are first imported, so this comes before.
    """
    environment.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    environment.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0")


def _text(report: Report, strict: bool, max_rows: int | None) -> str:
    """The report as wide as the terminal, coloured if it is one that shows colours."""
    from newspan.validation import render_text

    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((80, 24)).columns if terminal else 80
    if max_rows is None:
        return render_text(report, strict=strict, width=width, colour=colour)
    return render_text(report, strict=strict, width=width, colour=colour, shown=max_rows)
