"""A Document to marks."""

from __future__ import annotations

import shlex

from newspan.errors import DocumentError, Fault
from newspan.formats.marks.words import RESERVED, occurrences
from newspan.schema.fields import attributes
from newspan.schema.model import ADJUDICATED, Document, Span, layer_of, region_of
from newspan.text import paragraphs

__all__ = ["encode"]


def encode(document: Document) -> str:
    """Marks that `decode` turns into the same document again."""
    text = document.article.text
    if text is None:
        raise DocumentError(Fault("has no text.", "Hydrate it.", article_id=document.article.id))
    lines = []
    for span in document.spans:
        region = region_of(span.id)
        if region in RESERVED:
            raise DocumentError(
                Fault(f"a region is called {region!r}.", "Give it another id.", span_id=span.id)
            )
        pieces = " + ".join(_piece(text, f.start, f.end) for f in span.fragments)
        lines.append(f"{region} {layer_of(span)} {pieces}{_values(span)}")
        if span.note is not None:
            lines += [f"note {region} {shlex.quote(line)}" for line in span.note.split("\n")]
        if span.derived_from is not None:
            source = span.derived_from.replace(f"/{ADJUDICATED}/", "/")
            lines.append(f"from {region} {source}")
    lines += [f"{region_of(r.head)} {r.type} {region_of(r.tail)}" for r in document.relations]
    return "".join(f"{line}\n" for line in lines)


def _piece(text: str, start: int, end: int) -> str:
    words = text[start:end]
    inside = next(
        (n for n, (at, part) in enumerate(paragraphs(text), 1) if at <= start < at + len(part)), 0
    )
    if "`" not in words and "\n" not in words and inside:
        low, part = paragraphs(text)[inside - 1]
        places = list(occurrences(words, text, low, low + len(part)))
        if start in places:
            return f"`{words}`@p{inside}.{places.index(start) + 1}"
    return f"[{start}:{end}]"


def _values(span: Span) -> str:
    found = ""
    for field in attributes(layer_of(span)):
        value = getattr(span, field.name)
        if value is True:
            found += f" {field.name}"
        elif value is not None and value is not False:
            found += f" {field.name}={shlex.quote(value)}"
    return found
