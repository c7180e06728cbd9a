"""The verb that makes the page: browse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newspan.browse.shelf import Finding
    from newspan.validation import Report


def browse(
    path: Annotated[
        Path | None, typer.Argument(help="Checkout, tables or file; by default our corpus.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The page to write.")] = Path("newspan.html"),
    against: Annotated[
        list[Path] | None,
        typer.Option(help="Another annotation of the same texts, shown beside it. Repeatable."),
    ] = None,
    hydrated: Annotated[Path, typer.Option(help="Folder that `newspan hydrate` filled.")] = Path(
        "hydrated"
    ),
    title: Annotated[str, typer.Option(help="The page's title.")] = "newspan",
    check: Annotated[
        bool, typer.Option("--check", help="Run the checks and show findings at their places.")
    ] = False,
) -> None:
    """Make one HTML page of a corpus: texts with spans, stories with their figures, charts.

    Example: newspan browse --out corpus.html
    """
    from newspan.browse.page import write_page
    from newspan.browse.shelf import fill
    from newspan.cli.agreement import agreement_charts

    shelf = fill(path, against or [], hydrated)
    if check:
        from newspan.paths import data_root
        from newspan.validation import validate

        shelf.findings += findings_of(validate(path or data_root()))
    agreement = agreement_charts(path, against) if against else []
    written = write_page(shelf, out, title, agreement)
    texts = f" with {len(written) - 1} files of texts beside it" if len(written) > 1 else ""
    typer.echo(f"{len(shelf.versions):,} articles → {out}{texts}. Open it in a browser.")


def findings_of(report: Report) -> Iterator[Finding]:
    """What the checks found at places of articles, as the page shows it."""
    from newspan.browse.shelf import Finding

    for outcome in report.outcomes:
        for _, places in outcome.located():
            for place in places:
                if place.article is not None:
                    bounds = [offset for fragment in place.fragments for offset in fragment]
                    start, end = (min(bounds), max(bounds)) if bounds else (0, 0)
                    check = outcome.check
                    yield Finding(place.article, start, end, check.code, check.level, check.meaning)
