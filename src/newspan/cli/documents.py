"""Verbs on single documents and files: show, convert, mark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newspan.schema.model import Document


def show(
    article: Annotated[str, typer.Argument(help="Article id.")],
    path: Annotated[Path | None, typer.Option(help="Checkout, tables, or file.")] = None,
    hydrated: Annotated[Path, typer.Option(help="Folder that `newspan hydrate` filled.")] = Path(
        "hydrated"
    ),
    details: Annotated[bool, typer.Option(help="List attributes and relations.")] = True,
    layer: Annotated[
        list[str] | None, typer.Option(help="Show only this layer; repeatable.")
    ] = None,
    width: Annotated[
        int | None,
        typer.Option(
            min=20,
            metavar="N",
            help="Break lines at N cells and draw spans in lanes under the words; a "
            "terminal gets its own width.",
        ),
    ] = None,
) -> None:
    """Show a document: spans in lanes under the words, or in brackets where output is a file.

    Example: newspan show inv-0101 --layer quote --layer actor
    """
    from newspan.corpus.find import find_document

    _print(find_document(article, path, hydrated), details, layer or (), width)


def convert(
    source: Annotated[Path, typer.Argument(help="File or folder to read.")],
    target: Annotated[Path, typer.Argument(help="File or folder to write.")],
    source_format: Annotated[str | None, typer.Option("--from", help="Its format.")] = None,
    target_format: Annotated[str | None, typer.Option("--to", help="Its format.")] = None,
    annotator: Annotated[
        list[str] | None,
        typer.Option(
            "--annotator",
            metavar="NAME",
            help="Take what this annotator, model or pass made; repeatable, the first goes first.",
        ),
    ] = None,
    allow_loss: Annotated[
        bool,
        typer.Option("--allow-loss", help="Leave out what the format cannot hold, and say what."),
    ] = False,
) -> None:
    """Convert from any format to any other; formats are guessed from the names.

    Example: newspan convert export.json corpus.jsonl
    """
    from newspan.formats.convert import convert as run

    typer.echo(run(source, target, source_format, target_format, annotator or (), allow_loss))


def mark(
    text: Annotated[Path, typer.Argument(help="Text with front matter, or an owner's text.")],
    marks: Annotated[Path, typer.Argument(help="The marks file.")],
    out: Annotated[Path, typer.Option(help="Label Studio JSON to write.")],
    entities: Annotated[Path | None, typer.Option(help="Entity file to check keys in.")] = None,
    record: Annotated[Path | None, typer.Option(help="Stand-off record of the text.")] = None,
    annotator: Annotated[str, typer.Option(help="Who made the marks.")] = "newspan-model-1",
    kind: Annotated[str, typer.Option(help="human or model.")] = "model",
    pass_name: Annotated[str, typer.Option("--pass", help="The pass.")] = "adjudicated",
    show: Annotated[bool, typer.Option("--show", help="Show the marked document.")] = False,
) -> None:
    """Compile marks (annotation by quoting the words) to Label Studio JSON.

    Example: newspan mark inv-0101.md inv-0101.marks --out inv-0101.json

    One line an item: a region id, a layer, words between backticks, attributes; or a region
    id, a relation, a region id:

    \b
      a1 actor `Ana Duval`@p1  type=person title=Minister
      q1 quote `“We shall`..`see,”`@p2 + `in May.”`  form=direct speaker=named
      c1 cue `said`@p2.2
      q1 said_by a1
      note q1 "a remark"
      from n1 press-0001/n4

    @p2 is the second paragraph, @p2.3 the third occurrence in it; without an anchor the words
    must occur once. `a`..`b` runs from the first words to the last. + joins the fragments of
    one span. A key alone means yes. Layers, attributes and values: schema/layers.json.
    """
    from newspan.annotations.marking import compile_marks

    document = compile_marks(text, marks, out, entities, record, (annotator, kind, pass_name))
    typer.echo(
        f"{document.article.id}: {len(document.spans)} spans, "
        f"{len(document.relations)} relations → {out}"
    )
    if show:
        _print(document)


def _print(
    document: Document, details: bool = True, layers: Sequence[str] = (), width: int | None = None
) -> None:
    from newspan.browse.terminal import printer
    from newspan.browse.terminal_document import LEAST_WIDTH, View, document_lines
    from newspan.errors import Fault, NewspanError
    from newspan.schema.model import LAYERS

    unknown = [name for name in layers if name not in LAYERS]
    if unknown:
        raise NewspanError(Fault(f"no layer {unknown[0]!r}.", f"There are: {', '.join(LAYERS)}."))
    console = printer(width)
    if width is None and console.is_terminal:
        width = max(console.width, LEAST_WIDTH)
        console = printer(width)
    view = View(details, layers or tuple(LAYERS), width, console.options.ascii_only)
    for line in document_lines(document, view):
        console.print(line)
