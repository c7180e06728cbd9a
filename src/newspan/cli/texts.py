"""Verbs on texts: ingest, hydrate, dehydrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def ingest(
    files: Annotated[list[Path], typer.Argument(help="Text, HTML or JSON Lines files.")],
    license: Annotated[str | None, typer.Option(help="SPDX id or LicenseRef-….")] = None,
    story: Annotated[str | None, typer.Option(help="Key of the event they report.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published them.")] = None,
    origin: Annotated[str, typer.Option(help="Where they come from.")] = "press",
    language: Annotated[str | None, typer.Option(help="BCP 47.")] = None,
    published: Annotated[str | None, typer.Option(help="Day, or time with its zone.")] = None,
    author_kind: Annotated[str, typer.Option(help="Who wrote them: human or model.")] = "human",
    prefix: Annotated[str | None, typer.Option(help="Of ids that are given here.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder; by default in the corpus.")] = None,
    standoff: Annotated[
        bool, typer.Option("--standoff", help="Write records; keep the words in hydrated/.")
    ] = False,
    root: Annotated[Path | None, typer.Option("--root", help="Checkout of a corpus.")] = None,
) -> None:
    """Turn plain text, HTML or JSON Lines into normalised texts with front matter.

    Example: newspan ingest report.html --license CC-BY-4.0 --story port-strike
    """
    from newspan.corpus.ingest import Carriage
    from newspan.corpus.ingest import ingest as run
    from newspan.paths import data_root

    base = data_root() if root is None else root
    default = base / "corpus" / "standoff" if standoff else base / "corpus" / "texts" / origin
    written = run(
        files, out or default, license=license, story=story, publisher=publisher, origin=origin,
        language=language, published=published, author_kind=author_kind, prefix=prefix,
        standoff=Carriage(base / "hydrated") if standoff else None,
    )  # fmt: skip
    for path in written:
        typer.echo(f"{path}")


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
