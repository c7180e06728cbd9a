"""Verbs on versions of a corpus: diff, textconv."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class DifferenceFormat(StrEnum):
    """How a difference is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CHANGELOG = "changelog"


_VERSION = "Checkout, tables, file of any format, wheel, or revision of git."


def diff(
    old: Annotated[str, typer.Argument(help=_VERSION)],
    new: Annotated[str, typer.Argument(help="The same, later.")],
    format: Annotated[
        DifferenceFormat, typer.Option(help="How the difference is printed.")
    ] = DifferenceFormat.TEXT,
    root: Annotated[
        Path | None, typer.Option("--root", help="Checkout whose revisions are meant.")
    ] = None,
) -> None:
    """Say what changed between two versions: articles, spans, relations and entities, in words.

    Exit 1 where they differ.

    Example: newspan diff v0.1.0 HEAD --format changelog
    """
    from newspan.annotations.diff import RENDERERS, difference, opened
    from newspan.paths import data_root

    checkout = data_root() if root is None else root
    with opened(old, checkout) as before, opened(new, checkout) as after:
        found = difference(before, after)
    typer.echo(RENDERERS[format.value](found), nl=False)
    raise typer.Exit(bool(found))


def textconv(
    path: Annotated[Path, typer.Argument(help="A Parquet file.")],
) -> None:
    """Print the rows of a Parquet file as lines of JSON, so that git can show what changed.

    Two lines make git use it:

    \b
      echo '*.parquet diff=newspan' >> .gitattributes
      git config diff.newspan.textconv 'newspan textconv'

    Example: newspan textconv corpus/tables/spans/train.parquet
    """
    from newspan.formats.row_lines import row_lines

    for line in row_lines(path):
        typer.echo(line)
