"""Verbs on single documents: mark, show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from newspan.schema.model import Document


def mark(
    text: Annotated[Path, typer.Argument(help="Text with front matter, or an owner's text.")],
    marks: Annotated[Path, typer.Argument(help="The marks file.")],
    out: Annotated[Path, typer.Option(help="Label Studio JSON to write.")],
    entities: Annotated[Path | None, typer.Option(help="Entity file to check keys in.")] = None,
    record: Annotated[Path | None, typer.Option(help="Stand-off record of the text.")] = None,
    annotator: Annotated[str, typer.Option(help="Who made the marks.")] = "newspan-model-1",
    kind: Annotated[str, typer.Option(help="human or model.")] = "model",
    pass_name: Annotated[str, typer.Option("--pass", help="The pass.")] = "adjudicated",
    show: Annotated[bool, typer.Option(help="Show the marked document.")] = False,
) -> None:
    """Compile marks (annotation by quoting the words) to Label Studio JSON.

    Example: newspan mark inv-0101.md inv-0101.marks --out inv-0101.json
    """
    from newspan.annotations.marking import compile_marks

    document = compile_marks(text, marks, out, entities, record, (annotator, kind, pass_name))
    typer.echo(
        f"{document.article.id}: {len(document.spans)} spans, "
        f"{len(document.relations)} relations → {out}"
    )
    if show:
        _print(document)


def show(
    source: Annotated[str, typer.Argument(help="Article id, or a Label Studio JSON file.")],
    details: Annotated[bool, typer.Option(help="List attributes and relations.")] = True,
) -> None:
    """Show a document with its spans in brackets and colour.

    Example: newspan show inv-0101
    """
    from newspan.files import read_json
    from newspan.formats.label_studio import decode, tasks_of

    path = Path(source)
    for document in decode(tasks_of(read_json(path), path), None, path):
        _print(document, details)


def _print(document: Document, details: bool = True) -> None:
    from rich.console import Console

    from newspan.browse.terminal import document_lines

    console = Console(highlight=False, soft_wrap=True)
    for line in document_lines(document, details=details):
        console.print(line)
