"""GUM's TEI XML, read only: a first draft of quotes, made from its markup.

GUM (Zeldes 2017, doi:10.1007/s10579-016-9343-x), annotations CC BY 4.0. Files: `xml/*.xml` of
a release (11.1 was tried), https://github.com/amir-zeldes/gum; elements are those of TEI P5.
The text is that of the format `gum`, so spans of both stand in one text; white space follows
from rules (`elements`).

What becomes a quote, in a pass of its own, "gum", by annotator "GUM (derived)":

- `<quote>`: words of somebody else (TEI). In marks with a finite verb it is direct, in marks
  without one mixed, without marks direct where it stands around sentences (a block set off
  takes the place of marks), else indirect (Q1a). The speaker is implicit: the markup names none.
- `<sp>`: a turn in an interview: direct, named where `who` says whose. Turns of the report's
  own author are left out: a bare question is no quote (Q1c).
- `<q>`: left out. TEI has it for words in marks for whatever reason, and scare quotes, titles
  and terms are no quotes (Q1).

An element whose words stand in several paragraphs is one quote in fragments (Q3); a quote that
GUM has as several elements stays several. Words under a picture are no part of a turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from newspan.errors import DocumentError, Fault
from newspan.formats import naming
from newspan.formats.gum.drafts import draft_span, without_crossing
from newspan.formats.gum.elements import Element, Text, Token, texts
from newspan.formats.gum.report import Layout, Place, article_of, laid_out, refuse_clash
from newspan.schema.invariants import check
from newspan.schema.model import AnySpan, Document

__all__ = ["HOLDS", "LEFT_OUT", "decode"]

HOLDS: frozenset[str] = frozenset()
"""Nothing: it is never written."""

LEFT_OUT = {
    "q": "<q>, words in marks for another reason than that somebody said them",
    "author": "turns of the report's author",
    "headline": "in the headline or the line of the date",
    "empty": "without words in the text",
    "crossing": "that cross others",
}
"""Why an element becomes no quote: the term that is counted, and what it is in plain words."""

MARKS = set("\"'“”‘’„‟«»‹›`") | {"``", "''"}
FINITE = {"MD", *(f"V{verb}{form}" for verb in "BHV" for form in "DPZ")}
"""Tags of finite verbs: of be, have and others, in the past, present and third person."""


def decode(
    files: Iterable[tuple[Path, str]], left_out: Counter[str] | None = None
) -> Iterator[Document]:
    """A document for each `<text>`, from the texts of GUM's XML files.

    `left_out` counts the elements that become no quote, in the terms of LEFT_OUT. Raises
    DocumentError, with the file, for one that is none of GUM's or declares entities, and where
    two documents get the same id; MissingExtra without defusedxml.
    """
    counts: Counter[str] = Counter() if left_out is None else left_out
    seen: dict[str, str] = {}
    for path, xml in files:
        yield from naming(path, (_document(t, path, seen, counts) for t in texts(xml, path)))


def _document(
    text: Text, path: Path, seen: dict[str, str], left_out: Counter[str]
) -> Document:  # fmt: skip
    record = text.meta.get("id", "")
    if not record:
        raise DocumentError(Fault("a <text> has no id.", "Give it one.", path))
    layout = laid_out(text.sentences)
    article = article_of(record, text.meta, layout.text)
    refuse_clash(record, article, seen)
    words: dict[int, list[int]] = {element.number: [] for element in text.elements}
    for n, token in enumerate(text.tokens):
        for element in token.inside:
            words[element.number].append(n)
    spans: list[AnySpan] = []
    for element in text.elements:
        own = words[element.number]
        reason, fragments = _placed(element, own, text, layout)
        if reason:
            left_out[reason] += 1
            continue
        given = _attributes(element, [text.tokens[n] for n in own], text)
        spans.append(draft_span(article, "quote", len(spans) + 1, fragments, given))
    kept = without_crossing(spans)
    left_out["crossing"] += len(spans) - len(kept)
    return check(Document(article=article, spans=kept), path)


def _placed(
    element: Element, words: Sequence[int], text: Text, layout: Layout
) -> tuple[str, list[Place]]:
    """(why the element becomes no quote or "", the fragments of the text that it covers)."""
    if element.tag == "q":
        return "q", []
    if element.tag == "sp":
        words = [n for n in words if not text.tokens[n].caption]
        if _letters(element.attributes.get("who", "")) == _letters(text.meta.get("author", " ")):
            return "author", []
    places = [(n, place) for n in words if (place := layout.places[n]) is not None]
    if not places:
        return "headline" if words else "empty", []
    found: list[Place] = []
    last = -1
    for n, (start, end) in places:
        if n == last + 1 and found and "\n" not in layout.text[found[-1][1] : start]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        last = n
    return "", found


def _letters(name: str) -> str:
    return re.sub(r"\W", "", name).casefold()


def _attributes(element: Element, tokens: Sequence[Token], text: Text) -> dict[str, str]:
    """Attributes and note of a quote."""
    who = element.attributes.get("who", "")
    if element.tag == "sp":
        given = {"form": "direct", "speaker": "named" if who else "implicit"}
        if text.meta.get("type") == "interview":
            given["channel"] = "interview"
        return {**given, "note": f"GUM <sp>, who {who}" if who else "GUM <sp>"}
    marked = tokens[0].form in MARKS or tokens[-1].form in MARKS
    finite = any(token.tag in FINITE for token in tokens)
    block = element.block or "block" in element.attributes.get("rend", "")
    whole = finite if marked else block
    form = "direct" if whole else "mixed" if marked else "indirect"
    return {"form": form, "speaker": "implicit", "note": "GUM <quote>"}
