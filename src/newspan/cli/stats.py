"""The verb that counts: stats."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from newspan.corpus.load import Corpus


class Form(StrEnum):
    """Forms in which figures are printed."""

    text = "text"
    json = "json"


def stats(
    path: Annotated[
        Path | None, typer.Argument(help="Checkout, tables or file; by default our corpus.")
    ] = None,
    plots: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write charts and a map into this folder.")
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(help="Another annotation, for a chart of agreement. Repeatable."),
    ] = None,
    png: Annotated[
        bool, typer.Option(help="Write the charts as PNG too, which needs newspan[browse].")
    ] = True,
    form: Annotated[Form, typer.Option("--format", help="How to print the figures.")] = Form.text,
    width: Annotated[
        int | None, typer.Option(min=40, help="Cells of a line; by default the terminal's.")
    ] = None,
) -> None:
    """Say how much is in a corpus: spans, attributes, relations, lengths, by origin and split.

    Example: newspan stats --plots build/plots
    """
    from newspan.browse.stats import as_json, sheets

    corpus = _corpus(path)
    if plots is not None:
        from newspan.browse.plots import charts, write_charts
        from newspan.cli.agreement import agreement_charts

        found = [*charts(corpus), *agreement_charts(path, against or [])]
        written = write_charts(found, plots, png=png)
        typer.echo(f"{len(written)} files → {plots}", err=True)
    counted = sheets(corpus)
    if form is Form.json:
        import msgspec

        made = msgspec.json.encode(as_json(counted))
        typer.echo(msgspec.json.format(made, indent=2).decode("utf-8"))
        return
    from newspan.browse.terminal import printer, sheet_tables

    console = printer(width or printer().width)
    for table in sheet_tables(counted, console.width):
        console.print(table)


def _corpus(path: Path | None) -> Corpus:
    """The corpus of a folder, or of a file in any format."""
    from newspan.corpus.load import Corpus, load

    if path is None or not path.is_file():
        return load(path)
    from newspan.formats import read

    return Corpus.from_documents(read(path))
