"""Verbs for reading the corpus critically: what is hard in it, how varied its wording is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newspan.cli.stats import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newspan.schema.model import Document

_Hydrated = Annotated[Path, typer.Option(help="Folder that `newspan hydrate` filled.")]
_Corpus = Annotated[Path | None, typer.Option("--path", help="Checkout or folder of tables.")]


def phenomena(
    name: Annotated[str | None, typer.Argument(help="A phenomenon; counts of all without.")] = None,
    path: _Corpus = None,
    split: Annotated[str | None, typer.Option(help="Only this split.")] = None,
    hydrated: _Hydrated = Path("hydrated"),
) -> None:
    """Count what is hard in the corpus, or list where one phenomenon is met, in its words.

    Example: newspan phenomena broken-quote --split test
    """
    from newspan.browse.terminal import printer
    from newspan.browse.terminal_phenomena import count_table, entry_lines, of_phenomenon
    from newspan.corpus.claims import claims_table, questions
    from newspan.corpus.phenomena import index

    documents = {d.article.id: d for d in _documents(path, hydrated)}
    entries = index(documents.values(), questions(claims_table(path)))
    console = printer()
    if name is None:
        console.print(count_table(entries))
        return
    found = of_phenomenon(entries, name, split)
    for line in entry_lines(found, documents):
        console.print(line)
    typer.echo(f"{len(found):,} times, in {len({e.article_id for e in found}):,} articles.")


def wording(
    path: _Corpus = None,
    real: Annotated[str, typer.Option(help="Origin of the real news to compare with.")] = (
        "wikinews"
    ),
    hydrated: _Hydrated = Path("hydrated"),
    form: Annotated[Form, typer.Option("--format", help="How to print the figures.")] = Form.text,
) -> None:
    """Compare how varied the wording of written texts is with that of real news.

    Repeated five-grams across stories, repeated openings and the spread of verbs of saying,
    each over as much text of both. Exit 1 where a group of texts is less varied.

    Example: newspan wording --hydrated hydrated
    """
    from newspan.corpus.wording import compare_wording

    compared = compare_wording(_documents(path, hydrated), real)
    if form is Form.json:
        import msgspec

        rows = [{**c._asdict(), "worse": c.worse} for c in compared]
        typer.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode("utf-8"))
    else:
        from newspan.browse.terminal import printer
        from newspan.browse.terminal_phenomena import wording_table

        printer().print(wording_table(compared, real))
    raise typer.Exit(any(c.worse for c in compared))


def _documents(path: Path | None, hydrated: Path) -> Iterator[Document]:
    """The documents of a corpus, those of stand-off articles with their words where they are."""
    from newspan.corpus.find import with_words
    from newspan.corpus.load import load

    return (with_words(document, hydrated) for document in load(path).documents())
