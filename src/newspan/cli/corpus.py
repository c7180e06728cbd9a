"""Verbs on the whole corpus: demo, build, derive, info, claims."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Root = Annotated[
    Path | None,
    typer.Option("--root", help="Checkout of a corpus; by default this package's own."),
]


def _root(given: Path | None) -> Path:
    from newspan.paths import data_root

    return data_root() if given is None else given


def demo(root: Root = None) -> None:
    """Build the corpus, check it, load it with datasets, and show what is in it.

    Example: newspan demo
    """
    from newspan.demo import run

    raise typer.Exit(run(_root(root)))


def build(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say what is stale.")
    ] = False,
    root: Root = None,
) -> None:
    """Build the tables from texts, stand-off records and annotation.

    Example: newspan build --check
    """
    from newspan.corpus import build as builder

    if check:
        _report_stale(builder.stale(_root(root)), "newspan build")
        return
    made = builder.build(_root(root))
    rows = {n: f["rows"] for n, f in made.listing["files"].items() if n.startswith("spans/")}
    typer.echo(f"Built {len(made.files) - 1} tables, {sum(rows.values()):,} spans.")
    if made.unmarked:
        typer.echo(f"Without annotation: {', '.join(made.unmarked)}.")
    for story, split in made.new_splits.items():
        typer.echo(f"New story {story} goes to {split}.")


def derive(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say what is stale.")
    ] = False,
    root: Root = None,
) -> None:
    """Write what is derived from the model: schemas, labelling configuration, dictionary.

    Example: newspan derive --check
    """
    from newspan import derive as deriver

    if check:
        _report_stale(deriver.stale(_root(root)), "newspan derive")
        return
    for name in deriver.derive(_root(root)):
        typer.echo(f"wrote {name}")


def _report_stale(names: list[str], command: str) -> None:
    if names:
        for name in names:
            typer.echo(f"stale: {name}")
        typer.echo(f"Run `{command}` and commit what it writes.")
        raise typer.Exit(1)
    typer.echo("Up to date.")


def info(
    path: Annotated[Path | None, typer.Argument(help="Checkout or folder of tables.")] = None,
) -> None:
    """Say what is in a corpus: articles, spans and relations by origin.

    Example: newspan info
    """
    from newspan.browse.terminal import count_lines, printer
    from newspan.corpus.counts import count
    from newspan.corpus.load import load

    console = printer()
    for line in count_lines(count(load(path))):
        console.print(line)


def claims(
    story: Annotated[str | None, typer.Argument(help="Key of a story; all without one.")] = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Only questions with different answers.")
    ] = False,
    export: Annotated[Path | None, typer.Option(help="Write a .csv or .xlsx file.")] = None,
    root: Root = None,
) -> None:
    """Line up who says how many, and say where figures exclude each other.

    Example: newspan claims event-0001 --conflicts
    """
    from newspan.browse.terminal import claim_lines, printer
    from newspan.corpus import claims as lineup

    table = lineup.claims_table(_root(root), story)
    asked = [q for q in lineup.questions(table) if q.differs or not conflicts]
    if export is not None:
        chosen = lineup.of_questions(table, asked) if conflicts else table
        lineup.export(chosen, export)
        typer.echo(f"{chosen.num_rows} claims → {export}")
        return
    console = printer()
    for line in claim_lines(asked):
        console.print(line)
    typer.echo(f"{len(asked)} questions, {sum(len(q.claims) for q in asked)} claims.")
