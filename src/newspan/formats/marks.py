"""Marks: annotation written by hand, by quoting the words instead of counting characters.

One line an item; `#` begins a comment line:

    a1 actor `Ana Duval`@p1  type=person title=Minister
    q1 quote `“We shall`..`see,”`@p2 + `in May.”`  form=direct speaker=named
    c1 cue `said`@p2.2
    q1 said_by a1
    note q1 "a remark"
    from n1 press-0001/n4

Words stand between backticks and match at word boundaries. `@p2` is the second paragraph,
`@p2.3` the third occurrence in it; without an anchor the words must occur once. `a`..`b`
runs from the first words to the next occurrence of the last. ` + ` joins fragments.
`[12:30]` gives code points where words will not do. A key alone means true.

Holds the spans and relations of one pass of one article, not scores.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.schema.fields import attributes
from newspan.schema.invariants import check, slice_text
from newspan.schema.model import (
    ADJUDICATED,
    LAYERS,
    RELATIONS,
    Article,
    AuthorKind,
    Document,
    Span,
    layer_of,
    region_of,
    relation_id,
)
from newspan.text import paragraphs

__all__ = ["Annotator", "decode", "encode"]

_PIECE = re.compile(
    r"\s*(?:\[(?P<start>[0-9]{1,9}):(?P<end>[0-9]{1,9})\]"
    r"|`(?P<words>[^`]+)`(?:@(?P<anchor>p?[0-9]{1,9}(?:\.[0-9]{1,9})?))?"
    r"(?:\.\.`(?P<last>[^`]+)`(?:@(?P<anchor_after>p?[0-9]{1,9}(?:\.[0-9]{1,9})?))?)?)"
)
_ANCHOR = re.compile(r"(?:p(?P<par>\d+)\.?)?(?P<nth>\d+)?")
_JOIN = re.compile(r"\s+\+(?=\s)")


_WORDS = ("note", "from")
"""First words of a line that are no region."""


class Annotator(NamedTuple):
    """Who made the marks, and for which pass."""

    name: str
    kind: AuthorKind
    pass_name: str = ADJUDICATED


class _Problem(Exception):
    """What is wrong with a line, and what to do: (message, remedy)."""


def decode(
    marks: str, article: Article, annotator: Annotator, path: Path | None = None
) -> Document:
    """The document that the marks make of an article with its text.

    Raises DocumentError with every line that cannot be read and every broken invariant.
    """
    reader = _Reader(article, annotator)
    faults = []
    for number, line in enumerate(marks.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            reader.read(line)
        except _Problem as problem:
            message, remedy = problem.args
            faults.append(Fault(message, remedy, path, article.id, None, number))
    if faults:
        raise DocumentError(*faults)
    try:
        document = msgspec.convert(reader.document(), Document)
    except msgspec.ValidationError as error:
        raise DocumentError(reader.explain(str(error), path)) from error
    return check(document, path)


class _Reader:
    """Collects the spans and relations of one marks file as plain builtins."""

    def __init__(self, article: Article, annotator: Annotator) -> None:
        if article.text is None:
            raise DocumentError(
                Fault("has no text to mark.", "Hydrate it first.", article_id=article.id)
            )
        self.article = article
        self.text: str = article.text
        self.annotator = annotator
        self.spans: dict[str, dict[str, Any]] = {}
        self.relations: list[dict[str, str]] = []

    def read(self, line: str) -> None:
        first, _, rest = line.strip().partition(" ")
        second, _, tail = rest.strip().partition(" ")
        if first in _WORDS:
            key = "note" if first == "note" else "derived_from"
            value = " ".join(_words(tail))
            span = self._known(second)
            if key == "derived_from" and value.count("/") == 1:
                value = value.replace("/", f"/{ADJUDICATED}/")
            if key == "note" and key in span:  # one line of the remark after another
                value = f"{span[key]}\n{value}"
            elif key in span:
                raise _Problem(f"{second!r} has two sources.", "Keep one.")
            span[key] = value
        elif second in LAYERS:
            self._span(first, second, tail)
        elif second in RELATIONS:
            head, other = self._known(first)["id"], self._known(tail.strip())["id"]
            self.relations.append(
                {"id": relation_id(head, second, other), "type": second, "head": head,
                 "tail": other}
            )  # fmt: skip
        else:
            raise _Problem(
                f"{second!r} is neither a layer nor a relation.",
                f"Layers: {', '.join(LAYERS)}. Relations: {', '.join(RELATIONS)}.",
            )

    def _known(self, region: str) -> dict[str, Any]:
        if region not in self.spans:
            raise _Problem(f"no span {region!r} above this line.", "Mark the span first.")
        return self.spans[region]

    def _span(self, region: str, layer: str, rest: str) -> None:
        if region in self.spans:
            raise _Problem(f"region {region!r} is there twice.", "Use another id.")
        fragments: list[tuple[int, int]] = []
        position = 0
        while True:
            piece = _PIECE.match(rest, position)
            if piece is None:
                raise _Problem("no words between backticks.", "Write `words`@p1.")
            fragments.append(self._fragment(piece, fragments[-1][1] if fragments else 0))
            position = piece.end()
            joint = _JOIN.match(rest, position)
            if joint is None:
                break
            position = joint.end()
        self.spans[region] = {
            "layer": layer,
            "id": f"{self.article.id}/{self.annotator.pass_name}/{region}",
            "fragments": fragments,
            "start": fragments[0][0],
            "end": fragments[-1][1],
            "text": slice_text(self.text, [_Range(*f) for f in fragments]),  # type: ignore[misc]
            "annotator": self.annotator.name,
            "annotator_kind": self.annotator.kind,
            "status": "adjudicated" if self.annotator.pass_name == ADJUDICATED else "pass",
            **_attributes(layer, rest[position:]),
        }

    def _fragment(self, piece: re.Match[str], after: int) -> tuple[int, int]:
        if piece["start"] is not None:
            return int(piece["start"]), int(piece["end"])
        anchor = _ANCHOR.fullmatch(piece["anchor"] or piece["anchor_after"] or "")
        if anchor is None:
            raise _Problem("the anchor cannot be read.", "Write @p2, @p2.3 or @3.")
        low, high = after, len(self.text)
        if anchor["par"] is not None:
            low, high = self._paragraph(int(anchor["par"]))
        elif anchor["nth"] is not None:
            low = 0
        start = self._occurrence(piece["words"], low, high, anchor["nth"], not after)
        end = start + len(piece["words"])
        if piece["last"] is not None:
            found = next(_occurrences(piece["last"], self.text, end, len(self.text)), None)
            if found is None:
                raise _Problem(f"`{piece['last']}` does not follow.", "Check the last words.")
            end = found + len(piece["last"])
        return start, end

    def _occurrence(self, words: str, low: int, high: int, nth: str | None, strict: bool) -> int:
        places = list(_occurrences(words, self.text, low, high))
        if nth is not None:
            if 0 < int(nth) <= len(places):
                return places[int(nth) - 1]
            raise _Problem(f"`{words}` occurs {len(places)} times there.", "Check the anchor.")
        if not places:
            raise _Problem(f"`{words}` does not occur there.", self._hint(words))
        if strict and len(places) > 1:
            raise _Problem(f"`{words}` occurs {len(places)} times there.", self._hint(words))
        return places[0]

    def _paragraph(self, number: int) -> tuple[int, int]:
        parts = paragraphs(self.text)
        if not 0 < number <= len(parts):
            raise _Problem(f"there is no paragraph {number}.", f"There are {len(parts)}.")
        start, words = parts[number - 1]
        return start, start + len(words)

    def _hint(self, words: str) -> str:
        parts = [
            f"p{number}" + (f" ({count} times)" if count > 1 else "")
            for number, (_, part) in enumerate(paragraphs(self.text), start=1)
            if (count := sum(1 for _ in _occurrences(words, part, 0, len(part))))
        ]
        return f"It stands in {', '.join(parts)}." if parts else "Check every character."

    def document(self) -> dict[str, Any]:
        return {
            "article": msgspec.to_builtins(self.article),
            "spans": sorted(self.spans.values(), key=lambda s: (s["start"], s["end"], s["id"])),
            "relations": sorted(self.relations, key=lambda r: r["id"]),
        }

    def explain(self, error: str, path: Path | None) -> Fault:
        place = re.search(r"\$\.spans\[(\d+)\]", error)
        span = self.document()["spans"][int(place.group(1))]["id"] if place else None
        return Fault(f"{error}.", "See the values in layers.json.", path, self.article.id, span)


class _Range(NamedTuple):
    start: int
    end: int


def _occurrences(words: str, text: str, low: int, high: int) -> Iterator[int]:
    """Starts of `words` in text[low:high], not inside a longer word."""
    at = text.find(words, low, high)
    while at >= 0:
        end = at + len(words)
        inside_left = at > 0 and text[at - 1].isalnum() and words[0].isalnum()
        inside_right = end < len(text) and text[end].isalnum() and words[-1].isalnum()
        if not inside_left and not inside_right:
            yield at
        at = text.find(words, at + 1, high)


def _words(rest: str) -> list[str]:
    try:
        return shlex.split(rest)
    except ValueError as error:
        raise _Problem(f"{error}.", "Close the quotation mark.") from error


def _attributes(layer: str, rest: str) -> dict[str, Any]:
    names = {f.name: f for f in attributes(layer)}
    found: dict[str, Any] = {}
    for word in _words(rest):
        name, equals, value = word.partition("=")
        if name not in names:
            raise _Problem(
                f"{layer} has no attribute {name!r}.",
                f"It has: {', '.join(names) or 'none'}.",
            )
        if name in found:
            raise _Problem(f"{name} is given twice.", "Keep one.")
        found[name] = value if equals else True
    missing = [f.name for f in names.values() if f.required and f.name not in found]
    if missing:
        raise _Problem(f"{layer} needs {', '.join(missing)}.", "Add it to the line.")
    return found


def encode(document: Document) -> str:
    """Marks that `decode` turns into the same document again."""
    text = document.article.text
    if text is None:
        raise DocumentError(Fault("has no text.", "Hydrate it.", article_id=document.article.id))
    lines = []
    for span in document.spans:
        region = region_of(span.id)
        if region in _WORDS:
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
        places = list(_occurrences(words, text, low, low + len(part)))
        if start in places:
            return f"`{words}`@p{inside}.{places.index(start) + 1}"
    return f"[{start}:{end}]"


def _values(span: Span) -> str:
    quote: Callable[[str], str] = shlex.quote
    found = ""
    for field in attributes(layer_of(span)):
        value = getattr(span, field.name)
        if value is True:
            found += f" {field.name}"
        elif value is not None and value is not False:
            found += f" {field.name}={quote(value)}"
    return found
