"""Writing brat's files: one line for each thing said, in the order of the spans."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from newspan.errors import DocumentError, Fault
from newspan.formats.beyond import about, beyond
from newspan.formats.brat.lines import OWN, REMARK, Places, flat, is_label, joined, pieces
from newspan.formats.standoff_lines import Pair
from newspan.schema.fields import attributes
from newspan.schema.invariants import check
from newspan.schema.model import AnySpan, Document, layer_of

__all__ = ["encode"]


def encode(documents: Iterable[Document]) -> Iterator[Pair]:
    """The pair of files of each document, with its side file.

    Raises DocumentError for a second document about an article: there is one file for it.
    """
    seen: set[str] = set()
    for document in documents:
        article = check(document).article
        if article.id in seen:
            remedy = "Choose with `newspan convert --annotator NAME`."
            raise DocumentError(Fault("has two annotations.", remedy, article_id=article.id))
        seen.add(article.id)
        side = json.dumps(about(article), ensure_ascii=False, indent=1).encode() + b"\n"
        yield Pair(article.id, str(article.text), _lines(document), side)


def _lines(document: Document) -> str:
    text = str(document.article.text)
    keys = {span.id: f"T{number}" for number, span in enumerate(document.spans, start=1)}
    counts: Counter[str] = Counter()
    lines = []
    for span in document.spans:
        key = keys[span.id]
        marked = pieces([(f.start, f.end) for f in span.fragments], text)
        places = ";".join(f"{start} {end}" for start, end in marked)
        words = " ".join(text[start:end] for start, end in marked)
        lines.append(f"{key}\t{layer_of(span)} {places}\t{words}")
        for kind, said, tail in _beside(span, marked, text):
            counts[kind] += 1
            lines.append(f"{kind}{counts[kind]}\t{said.format(key)}{tail}")
    for number, arc in enumerate(document.relations, start=1):
        ends = f"Arg1:{keys[arc.head]} Arg2:{keys[arc.tail]}"
        lines.append(f"R{number}\t{arc.type} {ends}")
    return "".join(f"{line}\n" for line in lines)


def _beside(span: AnySpan, marked: Places, text: str) -> Iterator[tuple[str, str, str]]:
    """(first letter, type and target and value, tail) of each line about a span."""
    layer = layer_of(span)
    labels = [f for f in attributes(layer) if is_label(f)]
    for field in labels:
        value = getattr(span, field.name)
        if value != field.default:
            shown = "" if field.base is bool else f" {value}"
            yield "A", f"{layer}_{field.name} {{}}{shown}", ""
    if (entity := getattr(span, "entity", None)) is not None:
        yield "N", f"Reference {{}} {OWN}:{entity}", f"\t{entity}"
    without = {f.name for f in labels}
    if flat(span.note) == (span.note or "") and span.note != "":
        without.add("note")
    said = beyond(span, without)
    fragments = [(f.start, f.end) for f in span.fragments]
    if joined(marked, text) != fragments:
        said["fragments"] = fragments
    yield "#", f"{OWN} {{}}", "\t" + json.dumps(said, separators=(",", ":"))
    if flat(span.note):
        yield "#", f"{REMARK} {{}}", f"\t{flat(span.note)}"
