"""Documents, counts and claims for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newspan.corpus.claims import Question, range_text
from newspan.corpus.counts import Counts
from newspan.errors import printable
from newspan.schema.fields import attributes
from newspan.schema.labelling import layers_json
from newspan.schema.model import RELATIONS, Document, Span, layer_of, region_of
from newspan.text import paragraphs

__all__ = ["claim_lines", "count_lines", "document_lines", "printer"]

_COLOUR = {row["layer"]: row["colour"] for row in layers_json()["layers"]}


def document_lines(document: Document, *, details: bool = True) -> Iterator[Text]:
    """The lines of a document: heading, each paragraph, and the spans that begin in it."""
    article = document.article
    yield Text(f"{article.id}  {printable(article.title or '(stand-off)')}", style="bold")
    yield Text(
        f"{article.origin} · {article.story} · {article.published:%Y-%m-%d %H:%M} UTC · "
        f"{article.publisher or 'no publisher'} · {article.n_chars} characters",
        style="dim",
    )
    if article.text is None:
        yield Text("No text: hydrate the document to see its words.", style="italic")
        for span in document.spans:
            yield _details(span, document)
        return
    for number, (start, words) in enumerate(paragraphs(article.text), start=1):
        end = start + len(words)
        yield Text("")
        yield _paragraph(article.text, start, end, document.spans, number)
        if details:
            for span in document.spans:
                if start <= span.start < end:
                    yield _details(span, document)


def _paragraph(text: str, start: int, end: int, spans: tuple[Span, ...], number: int) -> Text:
    """One paragraph; brackets nest by length, the innermost span gives the colour."""
    opening: dict[int, list[tuple[int, Span]]] = {}
    closing: dict[int, list[tuple[int, Span]]] = {}
    for span in spans:
        for fragment in span.fragments:
            low, high = max(fragment.start, start), min(fragment.end, end)
            if low < high:
                opening.setdefault(low, []).append((high - low, span))
                closing.setdefault(high, []).append((high - low, span))
    line = Text(f"p{number} ", style="dim")
    inside: list[Span] = []
    for at in range(start, end + 1):
        for _, span in sorted(closing.get(at, []), key=lambda e: e[0]):
            line.append("]", style=_COLOUR[layer_of(span)])
            line.append(region_of(span.id), style=f"dim {_COLOUR[layer_of(span)]}")
            inside.remove(span)
        for _, span in sorted(opening.get(at, []), key=lambda e: -e[0]):
            line.append("[", style=_COLOUR[layer_of(span)])
            inside.append(span)
        if at < end:
            shown = printable(text[at])
            line.append(shown, style=_COLOUR[layer_of(inside[-1])] if inside else "")
    return line


def _details(span: Span, document: Document) -> Text:
    layer = layer_of(span)
    line = Text("   ")
    line.append(f"{region_of(span.id):>5} {layer:<8} ", style=_COLOUR[layer])
    words = span.text if span.text is None or len(span.text) <= 60 else span.text[:57] + "…"
    line.append(printable(repr(words) if words is not None else f"[{span.start}:{span.end}]"))
    for field in attributes(layer):
        value = getattr(span, field.name)
        if value is not None and value is not False and value != "exact" and value != "actual":
            line.append(f" {field.name}=", style="dim")
            line.append("yes" if value is True else printable(str(value)))
    for relation in document.relations:
        if relation.head == span.id:
            line.append(f"  → {relation.type} {region_of(relation.tail)}", style="italic")
    if span.derived_from is not None:
        line.append(f"  from {span.derived_from}", style="dim")
    if span.note is not None:
        line.append(f"  note: {printable(span.note)}", style="dim italic")
    return line


def printer() -> Console:
    """A console for these lines: no colour where output is no terminal, and room there."""
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
        ("spans", _COLOUR, counts.spans),
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
        style = _COLOUR.get(name, "")
        cells = [f"{values.get(o, 0):,}" for o in origins]
        table.add_row(Text(name, style=style), *cells)
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
                Text(range_text(claim), style=_COLOUR["number"]),
                Text(_whose_word(claim), style=_COLOUR["actor"]),
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
