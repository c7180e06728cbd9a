"""Documents to lines of CoNLL-U Plus."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from newspan.formats.conllup.spaces import escaped
from newspan.formats.conllup.tokens import tokens
from newspan.formats.passes import one_each
from newspan.schema.fields import type_of
from newspan.schema.invariants import check
from newspan.schema.model import LAYERS, AnySpan, Document, layer_of
from newspan.sentences import sentences

__all__ = ["encode"]

_HEADER = " ".join(["ID", "FORM", "MISC", *(f"NEWSPAN:{layer.upper()}" for layer in LAYERS)])
_LINE_BREAKS = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")


def encode(documents: Iterable[Document]) -> Iterator[bytes]:
    """The lines, with their ends, in UTF-8; spans of a layer must not lie in one another.

    Raises DocumentError for a breach of an invariant, and for two annotations of one article.
    """
    yield f"# global.columns = {_HEADER}\n".encode()
    for document in one_each(map(check, documents)):
        for line in _lines(document):
            yield f"{line}\n".encode()


def _lines(document: Document) -> Iterator[str]:
    article = document.article
    text = article.text or ""
    yield f"# newdoc id = {article.id}"
    places = list(tokens(text, (edge for s in document.spans for edge in (s.start, s.end))))
    columns = [_labels(document.spans, layer, places) for layer in LAYERS]
    misc = list(_misc(text, places))
    at = 0
    for number, stop in enumerate(_stops(text, places), start=1):
        if at == 0 or "\n\n" in text[places[at - 1][1] : places[at][0]]:
            yield "# newpar"
        yield f"# sent_id = {article.id}-s{number}"
        yield f"# text = {_LINE_BREAKS.sub(' ', text[places[at][0] : places[stop - 1][1]])}"
        for i in range(at, stop):
            form = text[slice(*places[i])]
            yield "\t".join([str(i - at + 1), form, misc[i], *(c[i] for c in columns)])
        yield ""
        at = stop
    if not places:
        if text:
            yield f'# spaces = "{escaped(text)}"'
        yield ""


def _stops(text: str, places: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The number of tokens up to the end of each sentence that has any."""
    starts = [start for start, _ in places]
    ends = [bisect_right(starts, end - 1) for _, end in sentences(text)]
    yield from sorted({stop for stop in (*ends, len(places)) if stop})


def _misc(text: str, places: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What MISC says of the white space around each token."""
    for i, (start, end) in enumerate(places):
        last = i == len(places) - 1
        after = text[end:] if last else text[end : places[i + 1][0]]
        said = [f"SpacesBefore={escaped(text[:start])}"] if i == 0 < start else []
        if not after:
            said.append("SpaceAfter=No")
        elif last or after != " ":
            said.append(f"SpacesAfter={escaped(after)}")
        yield "|".join(said) or "_"


def _labels(
    spans: Sequence[AnySpan], layer: str, places: Sequence[tuple[int, int]]
) -> list[str]:  # fmt: skip
    """The label of each token in the column of a layer."""
    found = ["O"] * len(places)
    starts = [start for start, _ in places]
    for span in spans:
        if layer_of(span) == layer:
            kind = type_of(span) or layer
            first, stop = bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1)
            found[first:stop] = [f"B-{kind}", *[f"I-{kind}"] * (stop - first - 1)]
    return found
