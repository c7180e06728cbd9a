"""Verbs on texts: ingest, hydrate, dehydrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def ingest() -> None:
    """Turn plain text, HTML or JSON Lines into normalised texts with front matter."""


def hydrate(
    source: Annotated[Path, typer.Argument(help="The owner's file or folder that you have.")],
    carrier: Annotated[str, typer.Option(help="What it is: gum, sel or text.")],
    out: Annotated[
        Path | None, typer.Option(help="Private folder; by default hydrated/ of the corpus.")
    ] = None,
    overwrite: Annotated[bool, typer.Option(help="Replace files changed since.")] = False,
    root: Annotated[Path | None, typer.Option("--root", help="Checkout of a corpus.")] = None,
) -> None:
    """Put owners' texts under stand-off annotation and prove every span.

    Example: newspan hydrate gum/dep --carrier gum
    """
    from newspan.corpus.hydrate import hydrate as run
    from newspan.paths import data_root

    base = data_root() if root is None else root
    report = run(base, carrier, source, out or base / "hydrated", overwrite=overwrite)
    typer.echo(str(report))
    raise typer.Exit(0 if report.ok else 1)


def dehydrate(
    source: Annotated[Path, typer.Argument(help="Label Studio JSON file, or folder of them.")],
    out: Annotated[Path, typer.Option(help="Folder for the files without the words.")],
    root: Annotated[Path | None, typer.Option("--root", help="Checkout of a corpus.")] = None,
) -> None:
    """Take the owners' words out of Label Studio files again.

    Example: newspan dehydrate hydrated --out annotations/adjudicated
    """
    from newspan.corpus.dehydrate import dehydrate_files
    from newspan.paths import data_root

    base = data_root() if root is None else root
    typer.echo(str(dehydrate_files(base, source, out)))
