"""The clause around a reporting clause: "The ice, Varn said, would hold"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from newspan.annotations.propose.quotes.joints import cut_at_joint
from newspan.annotations.propose.quotes.shapes import (
    FREE_LABELS,
    NOUNS,
    has_finite,
    is_finite,
    is_sentence,
    trimmed,
)

if TYPE_CHECKING:
    from newspan.annotations.propose.quotes.cues import Cue
    from newspan.annotations.propose.quotes.units import Layout, Piece, Unit

__all__ = ["Content", "around", "next_piece"]

Fragment: TypeAlias = tuple[int, int]

_APART = re.compile(r"[,—–]| -")
_CITED = re.compile(r"(?:as )?(?:cited|quoted|reported) by [^,\n]{1,80}, ")


@dataclass(slots=True)
class Content:
    """Fragments of a quote; `beside` if the reporting clause stands around or after it."""

    fragments: list[tuple[int, int]]
    beside: bool = False
    phrase: bool = False
    """Words in marks that are no sentence, so the quote is mixed."""


def around(layout: Layout, unit: Unit, cue: Cue, start: int, end: int) -> Content | None:
    """The rest of the unit: the clause that the reporting clause follows or interrupts."""
    head = _head_fragment(layout, unit, start)
    piece_only = head is not None and any((p.start, p.end) == head for p in unit.pieces)
    tail = _tail_fragment(layout, unit, cue, head, end)
    if head is None and not cue.is_according:
        opens = not layout.text[unit.begin : start].strip()
        previous = _piece_before(layout, unit, cue) if opens else None
        if previous is not None:
            return Content([(previous.start, previous.end)], beside=True)
        if tail is None or opens:
            return None
    fragments = [one for one in (head, tail) if one is not None]
    if not piece_only and "aside" not in cue.allows:
        return None
    if not fragments or not any(_says_something(layout, unit, one) for one in fragments):
        return None
    idle = head is not None and _is_idle(layout, unit, head)
    if idle and tail is not None and any((p.start, p.end) == tail for p in unit.pieces):
        return Content([tail])
    phrase = "label" in cue.allows and cue.lemma in FREE_LABELS
    return Content(fragments, beside=True, phrase=phrase)


def _is_idle(layout: Layout, unit: Unit, head: Fragment) -> bool:
    """Whether it only tells when, where or how something was said: "In a letter, …"."""
    tokens = layout.tokens(*head)
    adverbial = bool(tokens) and tokens[0].pos_ in ("ADP", "ADV", "SCONJ", "VERB")
    named = any(token.pos_ in NOUNS for token in tokens)
    return (adverbial or not named) and not _says_something(layout, unit, head)


def _piece_before(layout: Layout, unit: Unit, cue: Cue) -> Piece | None:
    """Words in marks that end the unit before, but not their sentence: "“Why?” Varn asked"."""
    before = unit.before
    if before is None or not before.pieces or before.pieces[-1].end != before.end:
        return None
    bare = not layout.text[cue.end : unit.end].strip(" .")
    return before.pieces[-1] if bare or layout.text[before.end - 2] in "?!" else None


def _says_something(layout: Layout, unit: Unit, fragment: Fragment) -> bool:
    """Whether there is a finite verb or words in marks in it."""
    if any(fragment[0] <= piece.start < fragment[1] for piece in unit.pieces):
        return True
    return any(is_finite(token) for token in layout.tokens(*fragment))


def _head_fragment(layout: Layout, unit: Unit, start: int) -> Fragment | None:
    """What stands before the reporting clause; a sentence in marks right before it is all."""
    first, last = trimmed(layout, _after_colon(layout, unit, start), start)
    tokens = layout.tokens(first, last)
    if not tokens or tokens[-1].tag_ in ("WDT", "WP", "WP$", "WRB"):
        return None
    for piece in unit.pieces:
        if piece.end == last and piece.start > first and is_sentence(layout, piece):
            lead = layout.text[first : piece.start].rstrip()
            if lead.endswith(":") or not any(
                is_finite(t) for t in layout.tokens(first, piece.start)
            ):
                inner = layout.text[piece.start + 1]
                if lead[-1:] in ":,—–" or inner.isupper():
                    return piece.start, piece.end
    return first, last


def _after_colon(layout: Layout, unit: Unit, start: int) -> int:
    """Where the content may begin: after a colon outside marks, if a clause leads to it."""
    low = max([unit.begin, *(p.end for p in unit.pieces if p.end <= start)])
    for piece in reversed(unit.pieces):
        if piece.end <= start:
            low = min(low, piece.start)
    colon = layout.text.rfind(": ", unit.begin, low if low > unit.begin else start)
    return colon + 2 if colon >= 0 else unit.begin


def _tail_fragment(
    layout: Layout, unit: Unit, cue: Cue, head: Fragment | None, end: int
) -> Fragment | None:
    """What goes on after the reporting clause, if it belongs to the content."""
    start, stop = _tail_start(layout, unit, cue, end), cut_at_joint(cue, end, unit.end)
    if start is None or start >= stop:
        return None
    whole = trimmed(layout, start, stop)
    piece = next((p for p in unit.pieces if p.start == start), None)
    if whole[0] >= whole[1]:
        return None
    if head is None:
        piece = piece or _after_name(layout, unit, cue, start)
        return (piece.start, piece.end) if piece and whole[1] == piece.end else whole
    piece = piece or _after_apposition(layout, unit, cue, start, stop)
    if piece is not None:
        return (piece.start, piece.end) if whole[1] != piece.end else (piece.start, whole[1])
    return whole if _goes_on(layout, cue, head, whole) else None


def _tail_start(layout: Layout, unit: Unit, cue: Cue, end: int) -> int | None:
    """Where the words after the comma, dash or stop begin that ends the reporting clause."""
    text, start = layout.text, end
    while start < unit.end and text[start] in " ,—–-.:":
        start += 1
    if start >= unit.end or any(cue.end <= other.start < start for other in cue.following):
        return None
    in_marks = any(piece.start == start for piece in unit.pieces)
    if not text[end:start].strip() if in_marks else not _APART.match(text, end):
        return None
    if cue.is_according and (cited := _CITED.match(text, start, unit.end)):
        return cited.end()
    return start


def _after_apposition(layout: Layout, unit: Unit, cue: Cue, start: int, stop: int) -> Piece | None:
    """Words in marks after "said Varn, a baker,"."""
    piece = next_piece(unit, start)
    if piece is None or piece.end > stop:
        return None
    small = layout.text[piece.start + 1].islower()
    if not (small or any(p.end <= cue.start for p in unit.pieces)):
        return None
    if any(start <= other.start < piece.start for other in cue.following):
        return None
    return piece if layout.text[start : piece.start].rstrip().endswith(",") else None


def _after_name(layout: Layout, unit: Unit, cue: Cue, start: int) -> Piece | None:
    """A sentence in marks after "according to Varn, the harbour chief,"."""
    piece = next_piece(unit, start)
    if not cue.is_according or piece is None or not is_sentence(layout, piece):
        return None
    lead = layout.text[start : piece.start].rstrip()
    verbs = any(is_finite(token) for token in layout.tokens(start, piece.start))
    return piece if lead.endswith(",") and not verbs else None


def _goes_on(layout: Layout, cue: Cue, head: Fragment, tail: Fragment) -> bool:
    """Whether the parser ties the tail to the head, not to the reporting clause."""
    tokens = layout.tokens(*tail)
    top = next((token for token in tokens if token.dep_ not in ("cc", "punct")), None)
    if top is None:
        return False
    while top.head != top and tail[0] <= top.head.idx < tail[1]:
        top = top.head
    if top.tag_ == "VBG" and top.dep_ == "advcl" and top == tokens[0]:
        return False
    owns = any(head[0] <= child.idx < head[1] for child in top.children)
    if head[0] <= top.head.idx < head[1] and top.head != top:
        return True
    if not has_finite(top) or not (owns or top.head == cue.verb):
        return False
    if top.dep_ == "conj" and tokens[0].lower_ == "and":
        in_marks = layout.scope_at(head[0]) != layout.scope_at(cue.start)
        return not in_marks and any(child.dep_ == "nsubj" for child in top.children)
    return owns


def next_piece(unit: Unit, offset: int) -> Piece | None:
    """The first piece of the unit that begins at the offset or after it."""
    return next((piece for piece in unit.pieces if piece.start >= offset), None)
