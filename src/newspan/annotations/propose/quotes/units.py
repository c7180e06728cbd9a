"""The text cut into what reporting clauses work on: sentences, with what is in marks kept whole.

Outside all marks a sentence that has words in marks is one unit, however many sentences the
marks hold. Inside a pair of marks the same is done again, for the quotes in quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newspan.annotations.propose.quotes.marks import Stretch, quoted_stretches
from newspan.annotations.propose.tokens import text_of, token_starts
from newspan.sentences import sentences
from newspan.text import paragraphs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["OUTSIDE", "Layout", "Piece", "Unit"]

OUTSIDE = -1
"""The scope of what stands in no marks; a stretch is a scope by its number."""

_SEMICOLON = re.compile(r";(?=\s)")
_MOST = 64
"""More words in marks than this are not looked at in one sentence."""

_DATELINE = re.compile(r"[^\n.!?“\"]{2,70}?\s?(?:—|–|--|(?<= )-)\s")
_CLOSING = frozenset("”’\"'»›“")
_PLACE = re.compile(r"\b[A-Z]{3,}\b|[,(]")
_SMALL_WORD = re.compile(r"\b[a-z]{4,}\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a stretch that lies in one paragraph."""

    start: int
    end: int
    stretch: int


@dataclass(eq=False, slots=True)
class Unit:
    """A sentence of a scope; `pieces` are what it has in marks."""

    scope: int
    segment: int
    """Start of the paragraph, or of the part in marks, that it is in."""
    start: int
    end: int
    pieces: list[Piece] = field(default_factory=list)
    begin: int = 0
    """Where content may begin: after a dateline, or after a quote that is done with."""
    body: int = 0
    """Where the prose begins: after a dateline."""
    before: Unit | None = None
    """The unit before it in its segment."""
    after: Unit | None = None


class Layout:
    """A parsed text with its stretches, scopes and units."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.stretches: list[Stretch] = quoted_stretches(self.text)
        self.token_starts = token_starts(doc)
        self._breaks: list[int] = [-1]
        self._scopes: list[int] = [OUTSIDE]
        self._pieces: dict[int, list[Piece]] = defaultdict(list)
        self._sweep()
        self.units: list[Unit] = []
        self._by_scope: dict[int, list[Unit]] = defaultdict(list)
        self._cut()
        self._starts = {
            scope: [unit.start for unit in units] for scope, units in self._by_scope.items()
        }

    def _sweep(self) -> None:
        """Find for every offset the innermost stretch it lies in."""
        pieces = sorted(
            (
                Piece(start, end, number)
                for number, stretch in enumerate(self.stretches)
                for start, end in stretch.fragments
            ),
            key=lambda piece: (piece.start, -piece.end),
        )
        around: list[Piece] = []
        for piece in pieces:
            self._leave(around, piece.start)
            self._pieces[around[-1].stretch if around else OUTSIDE].append(piece)
            self._set(piece.start, piece.stretch)
            around.append(piece)
        self._leave(around, len(self.text) + 1)

    def _leave(self, around: list[Piece], at: int) -> None:
        while around and around[-1].end <= at:
            end = around.pop().end
            self._set(end, around[-1].stretch if around else OUTSIDE)

    def _set(self, at: int, scope: int) -> None:
        self._breaks.append(at)
        self._scopes.append(scope)

    def scope_at(self, offset: int) -> int:
        """The innermost stretch that has the offset, or OUTSIDE."""
        return self._scopes[bisect_right(self._breaks, offset) - 1]

    def _cut(self) -> None:
        cuts = self._boundaries()
        for start, paragraph in paragraphs(self.text):
            self._segment(OUTSIDE, start, start + len(paragraph), cuts[OUTSIDE])
        for number, stretch in enumerate(self.stretches):
            for start, end in stretch.fragments:
                marked = self.text[end - 1] in _CLOSING and (stretch.closed or end != stretch.end)
                self._segment(number, start + 1, end - marked, cuts[number])
        first = self._by_scope[OUTSIDE]
        if first and (dateline := _DATELINE.match(self.text, first[0].start, first[0].end)):
            place = _PLACE.search(dateline[0]) and not _SMALL_WORD.search(dateline[0])
            if place and not any(p.start < dateline.end() for p in first[0].pieces):
                first[0].begin = first[0].body = dateline.end()

    def _boundaries(self) -> dict[int, list[tuple[int, int]]]:
        """For each scope where one of its sentences ends and the next begins."""
        cuts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        end = 0
        for start, next_end in sentences(self.text):
            cuts[self.scope_at(end)].append((end, start))
            end = next_end
        for match in _SEMICOLON.finditer(self.text):
            cuts[self.scope_at(match.start())].append((match.start(), match.end() + 1))
        for found in cuts.values():
            found.sort()
        return cuts

    def _segment(self, scope: int, start: int, end: int, cuts: list[tuple[int, int]]) -> None:
        segment, before = start, None
        lowest = bisect_left(cuts, (start + 1, 0))
        for number in range(lowest, len(cuts) + 1):
            stop, next_start = cuts[number] if number < len(cuts) else (end, end)
            unit_end = min(stop, end)
            if unit_end > start:
                unit = Unit(scope, segment, start, unit_end, begin=start, body=start, before=before)
                unit.pieces = self._pieces_in(scope, start, unit_end)
                if before is not None:
                    before.after = unit
                self.units.append(unit)
                self._by_scope[scope].append(unit)
                before = unit
            if stop >= end:
                return
            start = next_start

    def _pieces_in(self, scope: int, start: int, end: int) -> list[Piece]:
        pieces = self._pieces.get(scope, [])
        low = bisect_left(pieces, start, key=lambda piece: piece.start)
        high = bisect_left(pieces, end, key=lambda piece: piece.start)
        return [piece for piece in pieces[low : min(high, low + _MOST)] if piece.end <= end]

    def unit_of(self, token: Token) -> Unit | None:
        """The unit of the innermost scope the token is in."""
        scope = self.scope_at(token.idx)
        number = bisect_right(self._starts.get(scope, []), token.idx) - 1
        if number < 0:
            return None
        unit = self._by_scope[scope][number]
        return unit if unit.start <= token.idx < unit.end else None

    def following_paragraph(self, unit: Unit) -> Unit | None:
        """The first unit of the next paragraph, outside all marks."""
        if unit.scope != OUTSIDE:
            return None
        number = bisect_right(self._starts[OUTSIDE], unit.start)
        units = self._by_scope[OUTSIDE]
        return units[number] if number < len(units) else None

    def token_at(self, offset: int) -> int:
        """Number of the first token that begins at the offset or after it."""
        return bisect_left(self.token_starts, offset)

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in the stretch."""
        return list(self.doc[self.token_at(start) : self.token_at(end)])
