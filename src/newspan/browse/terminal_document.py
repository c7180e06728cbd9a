"""A document for the terminal: its words with their spans, attributes and relations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from newspan.browse.colours import LAYER_COLOURS
from newspan.browse.terminal_lanes import lane_lines
from newspan.errors import printable
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS, Document, Relation, Span, layer_of, region_of
from newspan.text import paragraphs

__all__ = ["LEAST_WIDTH", "View", "document_lines"]

LEAST_WIDTH = 20
"""Cells in which words with lanes under them can still be read."""


class View(NamedTuple):
    """What of a document is shown, and how."""

    details: bool = True
    """List the attributes and relations of each span."""
    layers: Collection[str] = tuple(LAYERS)
    width: int | None = None
    """Break lines at so many cells and draw spans in lanes; without it, in brackets."""
    ascii_only: bool = False


def document_lines(
    document: Document, view: View | None = None, *, details: bool = True
) -> Iterator[RenderableType]:
    """A document's heading, each paragraph, and the spans that begin in it."""
    view = View(details) if view is None else view
    article = document.article
    spans = [span for span in document.spans if layer_of(span) in view.layers]
    links = _links(document, view)
    yield Text(f"{article.id}  {printable(article.title or '(stand-off)')}", style="bold")
    yield Text(
        f"{article.origin} · {article.story} · {article.published:%Y-%m-%d %H:%M} UTC · "
        f"{printable(article.publisher or 'no publisher')} · {article.n_chars} characters",
        style="dim",
    )
    if article.text is None:
        yield Text("No text: hydrate the document to see its words.", style="italic")
        yield from _listed(spans, links, view)
        return
    for number, (start, words) in enumerate(paragraphs(article.text), start=1):
        end = start + len(words)
        yield Text("")
        if view.width is None:
            yield _bracketed(article.text, start, end, spans, number)
        else:
            yield Text(f"p{number}", style="dim")
            yield from lane_lines(
                article.text, start, end, spans, view.width, ascii_only=view.ascii_only
            )
        if view.details:
            yield from _listed([s for s in spans if start <= s.start < end], links, view)


def _bracketed(text: str, start: int, end: int, spans: Sequence[Span], number: int) -> Text:
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
            line.append("]", style=_colour(span))
            line.append(region_of(span.id), style=f"dim {_colour(span)}")
            inside.remove(span)
        for _, span in sorted(opening.get(at, []), key=lambda e: -e[0]):
            line.append("[", style=_colour(span))
            inside.append(span)
        if at < end:
            shown = printable(text[at])
            line.append(shown, style=_colour(inside[-1]) if inside else "")
    return line


def _links(document: Document, view: View) -> dict[str, list[Text]]:
    """Of each span its relations, in words; an end that is not shown itself is quoted."""
    by_id = {span.id: span for span in document.spans}
    made: dict[str, list[Text]] = {}
    for relation in document.relations:
        head, tail = by_id.get(relation.head), by_id.get(relation.tail)
        made.setdefault(relation.head, []).append(_link("→", relation, relation.tail, tail, view))
        if head is not None and layer_of(head) not in view.layers:
            back = _link("←", relation, relation.head, head, view)
            made.setdefault(relation.tail, []).append(back)
    return made


def _link(arrow: str, relation: Relation, end: str, other: Span | None, view: View) -> Text:
    line = Text("  ")
    line.append(f"{arrow} {relation.type} {region_of(end)}", style="italic")
    if other is not None and layer_of(other) not in view.layers:
        line.append(f" {_words(other, 30)}", style="dim")
    return line


def _listed(
    spans: Sequence[Span], links: dict[str, list[Text]], view: View
) -> Iterator[RenderableType]:
    """The spans one below the other, with attributes and relations."""
    if view.width is None:
        for span in spans:
            line = Text("   ")
            line.append(f"{region_of(span.id):>5} {layer_of(span):<8} ", style=_colour(span))
            yield line.append(_details(span, links))
    elif spans:
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for span in spans:
            heads = (Text(words, _colour(span)) for words in (region_of(span.id), layer_of(span)))
            table.add_row(*heads, _details(span, links))
        yield table


def _details(span: Span, links: dict[str, list[Text]]) -> Text:
    """A span's words, attributes, relations, source and note."""
    line = Text(_words(span, 60))
    for field in attributes(layer_of(span)):
        value = getattr(span, field.name)
        if value is not None and value is not False and value != "exact" and value != "actual":
            line.append(f" {field.name}=", style="dim")
            line.append("yes" if value is True else printable(str(value)))
    for link in links.get(span.id, ()):
        line.append(link)
    if span.derived_from is not None:
        line.append(f"  from {span.derived_from}", style="dim")
    if span.note is not None:
        line.append(f"  note: {printable(span.note)}", style="dim italic")
    return line


def _words(span: Span, most: int) -> str:
    if span.text is None:
        return f"[{span.start}:{span.end}]"
    return printable(repr(span.text if len(span.text) <= most else span.text[: most - 3] + "…"))


def _colour(span: Span) -> str:
    return LAYER_COLOURS[layer_of(span)]
