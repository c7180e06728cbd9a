"""Counts, figures and claims for the terminal, and the console that shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newspan.browse.colours import LAYER_COLOURS
from newspan.browse.stats import Sheet
from newspan.browse.terminal_document import document_lines
from newspan.corpus.claims import Question, range_text
from newspan.corpus.counts import Counts
from newspan.errors import printable
from newspan.schema.model import RELATIONS

__all__ = ["claim_lines", "count_lines", "document_lines", "printer", "sheet_tables"]


def printer(width: int | None = None) -> Console:
    """A console for these lines: no colour where output is no terminal, and room there.

    With a width, lines are broken to it; without one they are left to the terminal.
    """
    if width is not None:
        return _Console(highlight=False, width=width)
    console = _Console(highlight=False, soft_wrap=True)
    return console if console.is_terminal else _Console(highlight=False, soft_wrap=True, width=140)


class _Console(Console):
    """A console that leaves it to the command line what to do when the reader has gone."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def count_lines(counts: Counts) -> Iterator[Table]:
    """Tables of what is in a corpus, by origin."""
    origins = list(counts.articles)
    per_origin = {
        "articles": counts.articles,
        "stories": counts.stories,
        "words held": counts.words,
    }
    yield _count_table("", origins, per_origin)
    for title, keys, pairs in (
        ("spans", LAYER_COLOURS, counts.spans),
        ("relations", RELATIONS, counts.relations),
    ):
        rows = {key: {o: pairs.get((o, key), 0) for o in origins} for key in keys}
        rows["all"] = {o: sum(rows[key][o] for key in keys) for o in origins}
        yield _count_table(title, origins, rows)


def _count_table(title: str, origins: list[str], rows: dict[str, dict[str, int]]) -> Table:
    table = Table(title, *origins, box=box.SIMPLE_HEAD, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, values in rows.items():
        style = LAYER_COLOURS.get(name, "")
        cells = [f"{values.get(o, 0):,}" for o in origins]
        table.add_row(Text(name, style=style), *cells)
    return table


def sheet_tables(found: Sequence[Sheet], width: int) -> Iterator[Table]:
    """The tables of `newspan stats`; one too wide is parted, by origin and by split."""
    for sheet in found:
        table = _sheet_table(sheet)
        needed = sum(max(cell_len(str(cell)) for cell in column) + 3 for column in zip(
            sheet.header, *sheet.rows, strict=True))  # fmt: skip
        if needed <= width or not sheet.origins:
            yield table
            continue
        words = sum(isinstance(cell, str) for cell in sheet.rows[0])
        cut, end = words + sheet.origins, len(sheet.header) - 1
        for part, of in ((range(words, cut), "origin"), (range(cut, end), "split")):
            kept = [*range(words), *part, end]
            rows = [tuple(row[at] for at in kept) for row in sheet.rows]
            header = tuple(sheet.header[at] for at in kept)
            yield _sheet_table(Sheet(sheet.name, f"{sheet.title}, by {of}", header, rows))


def _sheet_table(sheet: Sheet) -> Table:
    """Words on the left, where what is the same as above is said once; figures on the right."""
    words = sum(isinstance(cell, str) for cell in sheet.rows[0])
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=sheet.title, title_justify="left")
    for at, name in enumerate(sheet.header):
        table.add_column(Text(printable(name)), justify="left" if at < words else "right")
    before: tuple[Any, ...] = ()
    for row in sheet.rows:
        same = [row[: at + 1] == before[: at + 1] and at < words - 1 for at in range(words)]
        lead = ["" if told else word for word, told in zip(row, same, strict=False)]
        style = LAYER_COLOURS.get(row[0], "")
        cells = ["–" if n is None else f"{n:,}" for n in row[words:]]
        table.add_row(*(Text(word, style=style) for word in lead), *cells)
        before = row
    return table


def claim_lines(asked: list[Question]) -> Iterator[Text | Table]:
    """Each question with its claims in the order of publication."""
    for question in asked:
        heading = Text(f"{question.figure}", style="bold")
        heading.append(f"  {question.scope or ''}  {question.story}", style="dim")
        if question.contradictions:
            heading.append("  figures exclude each other", style="bold #D55E00")
        elif question.differs:
            heading.append("  figures differ", style="#E69F00")
        yield heading
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 2))
        for fixed in (True, True, True, False, False, False):
            table.add_column(no_wrap=fixed)
        for claim in question.claims:
            flags = [
                word
                for word in (claim["polarity"], claim["factuality"])
                if word not in (None, "asserted", "actual")
            ]
            table.add_row(
                f"{claim['published']:%Y-%m-%d %H:%M}",
                claim["article_id"],
                Text(range_text(claim), style=LAYER_COLOURS["number"]),
                Text(_whose_word(claim), style=LAYER_COLOURS["actor"]),
                Text(" ".join(flags), style="italic"),
                Text(printable(claim["text"] or ""), style="dim"),
            )
        yield table


def _whose_word(claim: dict[str, Any]) -> str:
    """The source by its name, else as the report has it, else that it is the report's own."""
    if claim["attribution"] == "report":
        return f"({claim['publisher'] or 'the report'} itself)"
    known = claim["source_name"] or claim["source"] or claim["source_entity"]
    outer = claim["outer_source_entity"]
    chain = f" (as told by {outer})" if outer and outer != claim["source_entity"] else ""
    return printable(f"{known or 'source not named'}{chain}")
