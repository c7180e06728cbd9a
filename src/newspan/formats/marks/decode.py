"""Marks to a Document."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.marks.words import RESERVED, occurrences
from newspan.schema.fields import attributes
from newspan.schema.invariants import check, slice_text
from newspan.schema.model import (
    ADJUDICATED,
    LAYERS,
    RELATIONS,
    Article,
    AuthorKind,
    Document,
    relation_id,
)
from newspan.text import paragraphs

__all__ = ["Annotator", "decode"]

_PIECE = re.compile(
    r"\s*(?:\[(?P<start>[0-9]{1,9}):(?P<end>[0-9]{1,9})\]"
    r"|`(?P<words>[^`]+)`(?:@(?P<anchor>p?[0-9]{1,9}(?:\.[0-9]{1,9})?))?"
    r"(?:\.\.`(?P<last>[^`]+)`(?:@(?P<anchor_after>p?[0-9]{1,9}(?:\.[0-9]{1,9})?))?)?)"
)
_ANCHOR = re.compile(r"(?:p(?P<par>\d+)\.?)?(?P<nth>\d+)?")
_JOIN = re.compile(r"\s+\+(?=\s)")


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
        if first in RESERVED:
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
            found = next(occurrences(piece["last"], self.text, end, len(self.text)), None)
            if found is None:
                raise _Problem(f"`{piece['last']}` does not follow.", "Check the last words.")
            end = found + len(piece["last"])
        return start, end

    def _occurrence(self, words: str, low: int, high: int, nth: str | None, strict: bool) -> int:
        places = list(occurrences(words, self.text, low, high))
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
            if (count := sum(1 for _ in occurrences(words, part, 0, len(part))))
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
