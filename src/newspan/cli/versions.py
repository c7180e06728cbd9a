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


def migrate(
    source: Annotated[Path, typer.Argument(help="Folder of tables, or JSON Lines.")],
    target: Annotated[Path, typer.Argument(help="A new folder, or file.")],
    stated: Annotated[
        str | None,
        typer.Option("--from", metavar="VERSION", help="Schema of JSON Lines, which do not say."),
    ] = None,
) -> None:
    """Bring data of an older schema to the schema of this package.

    Example: newspan migrate old/corpus/tables new/tables
    """
    from newspan.corpus.migrate import migrate as run

    typer.echo(run(source, target, stated))


def release(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to put it.")],
    root: Annotated[
        Path | None, typer.Option("--root", help="Checkout; by default this package's own.")
    ] = None,
) -> None:
    """Make a release: a folder for the Hugging Face Hub, an archive of it, and digests.

    First it is checked that nothing is stale and no check fails; then the folder is tried, with
    no network: datasets loads every config, mlcroissant reads every record. Exit 1 where
    something is stale or fails.

    Example: newspan release build/release
    """
    from newspan import derive, validation
    from newspan.corpus import build
    from newspan.paths import data_root
    from newspan.release import prove
    from newspan.release import release as run

    place = data_root() if root is None else root
    stale = [*build.stale(place), *derive.stale(place)]
    if stale:
        typer.echo(f"stale: {', '.join(sorted(set(stale)))}\nRun `newspan build` and "
                   "`newspan derive`, look at what they change, and commit it.")  # fmt: skip
        raise typer.Exit(1)
    report = validation.validate(place)
    if report.exit_code(strict=False):
        typer.echo(validation.render_text(report), nl=False)
        raise typer.Exit(1)
    made = run(place, folder, prove)
    for proof in made.proofs:
        typer.echo(proof)
    typer.echo(f"{made.files} files → {made.folder}")
    typer.echo(f"sha256 {made.sha256} → {made.archive}")
