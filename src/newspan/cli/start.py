"""Verbs for a corpus of one's own: begin it, and check what a commit changes in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to make; it must be new or empty.")],
) -> None:
    """Begin a corpus of your own: folders, settings, an example, and checks for every push.

    Example: newspan init my-corpus
    """
    from newspan.corpus.start import start_corpus
    from newspan.errors import printable

    for name in start_corpus(folder):
        typer.echo(printable(f"{folder / name}"))
    typer.echo(
        printable(f"Now run `newspan build --root {folder}` and `newspan validate {folder}`.")
    )


def hook(
    files: Annotated[
        list[Path], typer.Argument(help="Changed files: tables, JSON Lines, exports.")
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as failures.")] = False,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings; by default the newspan.toml beside them."),
    ] = None,
) -> None:
    """Check what changed files belong to, each corpus once: what pre-commit runs.

    Example: newspan hook corpus/tables/spans/train.parquet corpus/tables/index.json
    """
    from newspan import validation

    settings = None if config is None else validation.read_settings(config)
    codes = []
    for place in _places(files):
        report = validation.validate(place, settings=settings)
        typer.echo(validation.render_text(report, strict=strict), nl=False)
        codes.append(report.exit_code(strict=strict))
    raise typer.Exit(max(codes, default=0))


def _places(files: Iterable[Path]) -> list[Path]:
    """What is to be checked: the folder of tables that a file is in, else the file itself."""
    found: dict[Path, None] = {}
    for file in files:
        if file.suffix == ".parquet":
            found[file.parent.parent] = None
        else:
            found[file.parent if file.name == "index.json" else file] = None
    return list(found)
