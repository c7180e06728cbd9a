"""Verbs on proposals and entities: preannotate, entities link, entities check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Link mentions to entities.", no_args_is_help=True)

_Mentions = Annotated[
    Path | None, typer.Argument(help="Checkout, tables or file; by default the corpus.")
]
_Table = Annotated[Path | None, typer.Option(metavar="FILE", help="Table of entities.")]
_Hydrated = Annotated[Path, typer.Option(help="Folder that `newspan hydrate` filled.")]

_TOLD = 20
"""Articles left out that are named; the rest are counted."""


def preannotate(
    source: Annotated[Path, typer.Argument(help="Checkout, or file or folder of any format.")],
    target: Annotated[Path, typer.Argument(help="File or folder to write.")],
    source_format: Annotated[str | None, typer.Option("--from", help="Its format.")] = None,
    target_format: Annotated[str | None, typer.Option("--to", help="Its format.")] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="spaCy pipeline: a package, a path or a name."),
    ] = None,
    entities: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Table of entities to link names to.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes.")] = 1,
    hydrated: _Hydrated = Path("hydrated"),
) -> None:
    """Propose spans of all layers, relations and entities, for an annotator to correct.

    What is written is the articles with proposals in the place of their annotation, each with
    a score and the name of the model; those that cannot be read stay without. Exit 1 where
    that is all of them.

    Example: newspan preannotate articles.jsonl proposals.json --to label-studio
    """
    from newspan.annotations.propose.run import preannotate as run

    done = run(
        source, target, source_format=source_format, target_format=target_format, model=model,
        entities=entities, workers=workers, hydrated=hydrated,
    )  # fmt: skip
    typer.echo(f"{done} → {target}")
    for left in done.unread[:_TOLD]:
        typer.echo(f"article {left.article_id} left out: {left.why}", err=True)
    if len(done.unread) > _TOLD:
        typer.echo(f"… and {len(done.unread) - _TOLD:,} more left out", err=True)
    raise typer.Exit(1 if len(done.unread) == done.articles else 0)


@app.command()
def link(
    source: _Mentions = None,
    entities: _Table = None,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    hydrated: _Hydrated = Path("hydrated"),
) -> None:
    """List names without an entity, with the keys and GeoNames places they may mean.

    Nothing is decided: confirm each, or add it to the table.

    Example: newspan entities link proposals.jsonl
    """
    import json

    from newspan.annotations.linking.link import as_record, unlinked
    from newspan.annotations.linking.show import unlinked_lines
    from newspan.annotations.linking.sources import annotated, table_of

    found = unlinked(annotated(source, hydrated), table_of(source, entities, needed=False)[0])
    if format == "json":
        typer.echo(json.dumps([as_record(u) for u in found], ensure_ascii=False, indent=1))
        return
    for line in unlinked_lines(found):
        typer.echo(line)


@app.command()
def check(
    source: _Mentions = None,
    entities: _Table = None,
) -> None:
    """Check the keys of mentions and the table itself, against GeoNames too; exit 1 on faults.

    Example: newspan entities check export.json --entities entities.yaml
    """
    from newspan.annotations.linking.check import entity_problems, unused
    from newspan.annotations.linking.sources import annotated, table_of

    documents = list(annotated(source, None))
    table, path = table_of(source, entities, needed=True)
    problems = entity_problems(documents, table, path)
    for fault in problems:
        typer.echo(str(fault))
    idle = unused(documents, table)
    if idle:
        typer.echo(f"{len(idle)} entities that no mention carries: {', '.join(idle[:_TOLD])}")
    typer.echo(f"{len(table)} entities, {len(problems)} faults")
    raise typer.Exit(1 if problems else 0)
