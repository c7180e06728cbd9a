"""A document for the terminal: the text with its spans in brackets, then what they say."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from newspan.errors import printable
from newspan.schema.fields import attributes
from newspan.schema.labelling import layers_json
from newspan.schema.model import Document, Span, layer_of, region_of
from newspan.text import paragraphs

__all__ = ["document_lines"]

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
