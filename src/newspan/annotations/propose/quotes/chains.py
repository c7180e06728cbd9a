"""Quotes without a verb of their own: after a colon, alone, or going on with one before (Q3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.quotes.aside import Content
from newspan.annotations.propose.quotes.found import Found
from newspan.annotations.propose.quotes.mentions import Mention, mention_of
from newspan.annotations.propose.quotes.shapes import is_sentence, trimmed
from newspan.annotations.propose.quotes.speakers import subject_of
from newspan.annotations.propose.quotes.units import OUTSIDE

if TYPE_CHECKING:
    from newspan.annotations.propose.quotes.units import Layout, Piece, Unit

__all__ = ["go_on"]


def go_on(layout: Layout, found: list[Found]) -> None:
    """Add to the quotes what goes on with them, and those that no verb introduces."""
    claimed = _claimed(layout, found)
    found += _after_colons(layout, claimed)
    _alone(layout, found, claimed)
    for one in found:
        _over_paragraphs(layout, one)


def _claimed(layout: Layout, found: list[Found]) -> set[int]:
    """The stretches that are content, or part of it."""
    claimed: set[int] = set()
    for one in found:
        _claim(one, claimed)
        for start, end in one.content.fragments:
            number = layout.scope_at(start)
            if number != OUTSIDE and (start, end) in layout.stretches[number].fragments:
                claimed.add(number)
    return claimed


def _claim(one: Found, claimed: set[int]) -> None:
    for unit in (one.unit, one.unit.before):
        for piece in unit.pieces if unit is not None else ():
            if any(s <= piece.start and piece.end <= e for s, e in one.content.fragments):
                claimed.add(piece.stretch)


def _after_colons(layout: Layout, claimed: set[int]) -> list[Found]:
    """Sentences in marks that only a colon introduces."""
    more = []
    for unit in layout.units:
        for piece in unit.pieces:
            before = layout.text[unit.begin : piece.start].rstrip()
            if piece.stretch in claimed or not before.endswith(":"):
                continue
            if not is_sentence(layout, piece):
                continue
            colon = unit.begin + len(before) - 1
            one = Found(unit, Content([(piece.start, piece.end)]), (colon, colon + 1))
            one.speakers = _before_colon(layout, unit, colon)
            claimed.add(piece.stretch)
            more.append(one)
    return more


def _before_colon(layout: Layout, unit: Unit, colon: int) -> list[Mention]:
    """The subject of the clause that the colon ends, or the name that is all of it."""
    tokens = layout.tokens(unit.begin, colon)
    names = [token for token in tokens if token.text[:1].isupper() and not token.is_stop]
    if names and len(names) == len(tokens):
        return [mention_of(names[-1])]
    for token in tokens:
        if token.pos_ in ("VERB", "AUX") and token.dep_ in ("ROOT", "ccomp", "parataxis"):
            subject = subject_of(token)
            return [mention_of(subject)] if subject is not None and subject in tokens else []
    return []


def _alone(layout: Layout, found: list[Found], claimed: set[int]) -> None:
    """Sentences in marks without a cue: they go on with the quote before, or stand alone."""
    last: dict[int, Found] = {}
    by_unit: dict[int, list[Found]] = {}
    for earlier in found:
        by_unit.setdefault(id(earlier.unit), []).append(earlier)
    for unit in layout.units:
        own = by_unit.get(id(unit), [])
        piece = _only_piece(layout, unit)
        if piece is not None and piece.stretch not in claimed and unit.scope == OUTSIDE:
            claimed.add(piece.stretch)
            one = _joined(unit, piece, last)
            if one is None:
                one = Found(unit, Content([(piece.start, piece.end)], beside=True), None)
                one.speakers = _speakers_before(unit, last)
                found.append(one)
            own = [one]
        if own:
            last[id(unit)] = own[-1]


def _only_piece(layout: Layout, unit: Unit) -> Piece | None:
    """The piece that is all of the unit, if it can stand alone."""
    if len(unit.pieces) != 1:
        return None
    piece = unit.pieces[0]
    start, end = trimmed(layout, unit.start, unit.end)
    if start < piece.start or end > piece.end or not is_sentence(layout, piece):
        return None
    return piece


def _joined(unit: Unit, piece: Piece, last: dict[int, Found]) -> Found | None:
    """The quote of the unit before, with the piece as one more fragment."""
    before = last.get(id(unit.before)) if unit.before is not None else None
    if before is None or not before.content.beside:
        return None
    before.content.fragments.append((piece.start, piece.end))
    return before


def _speakers_before(unit: Unit, last: dict[int, Found]) -> list[Mention]:
    before = last.get(id(unit.before)) if unit.before is not None else None
    return list(before.speakers) if before is not None else []


def _over_paragraphs(layout: Layout, one: Found) -> None:
    """Add the fragments that a stretch has in later or earlier paragraphs."""
    fragments = set(one.content.fragments)
    for start, end in one.content.fragments:
        scope = layout.scope_at(start)
        if scope == OUTSIDE or scope >= len(layout.stretches):
            continue
        stretch = layout.stretches[scope]
        if (start, end) in stretch.fragments:
            fragments.update(stretch.fragments)
    one.content.fragments = sorted(fragments)
