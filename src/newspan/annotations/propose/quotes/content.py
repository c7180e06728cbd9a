"""What a cue introduces: words in marks beside it, a clause it governs, or the clause around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.quotes.aside import Content, around, next_piece
from newspan.annotations.propose.quotes.complements import (
    complement_of,
    extent_of,
    relative_complement_of,
)
from newspan.annotations.propose.quotes.lexicon import words
from newspan.annotations.propose.quotes.shapes import (
    FREE_LABELS,
    is_finite,
    is_sentence,
    object_of,
)
from newspan.annotations.propose.quotes.speakers import opening_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newspan.annotations.propose.quotes.cues import Cue
    from newspan.annotations.propose.quotes.units import Layout, Piece, Unit

__all__ = ["content_of"]

_APART = ",—–-"
_JOINTS = frozenset({"and", "or", "and a", "and an", "and the", "or a", "and as"})
_LONGEST_LABEL = 14


def content_of(layout: Layout, unit: Unit, cue: Cue) -> Content | None:
    """The content of the cue in its unit, or in the one before; None if it has none."""
    start = _clause_start(layout, unit, cue)
    if cue.is_according:
        return around(layout, unit, cue, start, _according_end(unit, cue))
    if "label" in cue.allows and (found := _labelled(layout, unit, cue)):
        return found
    complement = complement_of(cue)
    governs = complement is not None and not _in_marks(layout, unit, complement[0])
    if _stands_apart(layout, unit, cue, start, governs):
        found = around(layout, unit, cue, start, _clause_end(layout, unit, cue))
        if found is not None:
            return found
    if "marks" in cue.allows and (found := _marks_after(layout, unit, cue, complement)):
        return found
    complement = complement or relative_complement_of(cue)
    if complement is None:
        return None
    fragment = extent_of(layout, unit, cue, complement)
    return Content([fragment]) if fragment is not None else None


def _clause_start(layout: Layout, unit: Unit, cue: Cue) -> int:
    """Where the reporting clause begins: at its subject if that stands before the cue."""
    barrier = max([unit.begin, *(p.end for p in unit.pieces if p.end <= cue.start)])
    start = cue.start
    opening = opening_of(cue, barrier)
    if opening is not None:
        start = min(start, max(opening, barrier))
    between = layout.tokens(barrier, start) if barrier > unit.begin else []
    if 0 < len(between) <= _LONGEST_LABEL and not any(is_finite(t) for t in between):
        ended = layout.text[barrier - 2] in ",.?!" or layout.text[barrier] == ","
        if ended and between[0].text not in ("and", "but", ":", "—", "–"):
            start = barrier
    while start < cue.start and layout.text[start] in " ,.”’\"'»":
        start += 1
    return start


def _clause_end(layout: Layout, unit: Unit, cue: Cue) -> int:
    """Where it ends: at the next comma, piece or end of the unit."""
    ends = [unit.end, *(p.start for p in unit.pieces if p.start >= cue.end)]
    for sign in (", ", " — ", " – ", "; ", ": "):
        at = layout.text.find(sign, cue.end, unit.end)
        if at >= 0:
            ends.append(at)
    return min(ends)


def _according_end(unit: Unit, cue: Cue) -> int:
    """The end of “according to” with its object and what belongs to that."""
    noun = object_of(cue.verb.nbor())
    last = noun.right_edge if noun is not None else cue.verb.right_edge
    end = last.idx + len(last)
    ends = [p.start for p in unit.pieces if p.start >= cue.end]
    return int(min([end, unit.end, *ends]))


def _stands_apart(layout: Layout, unit: Unit, cue: Cue, start: int, governs: bool) -> bool:
    """Whether commas, marks or the edges of the unit set the reporting clause off."""
    text = layout.text
    before = text[unit.begin : start].rstrip()
    touches = any(p.end == unit.begin + len(before) for p in unit.pieces)
    if not (touches or not before or before[-1] in _APART):
        return False
    if cue.polarity == "hypothetical" and not touches:
        return False
    after = text[cue.end : unit.end].lstrip()
    adjacent = next_piece(unit, cue.end)
    if adjacent is not None and not touches and not text[cue.end : adjacent.start].strip(" :"):
        return False
    closed = not after or after[0] in ",.;—–" or (after[0] in "?!)")
    if not before and not (unit.before is not None and unit.before.pieces):
        return False
    if cue.verb.dep_ == "relcl" and not touches and after[:1] in ("", "."):
        return False
    inverted = _is_inverted(cue) and (touches or bool(before)) and start == cue.start
    if inverted and cue.verb.tag_ != "VBG":
        return True
    if cue.verb.tag_ == "VBG" and not touches and not cue.is_quoted:
        return False
    if not before:
        return not governs
    return closed or not governs


def _in_marks(layout: Layout, unit: Unit, head: Token) -> bool:
    """Whether all of the clause stands in marks."""
    return layout.scope_at(head.left_edge.idx) != unit.scope


def _is_inverted(cue: Cue) -> bool:
    subject = next((c for c in cue.verb.children if c.dep_ == "nsubj"), None)
    return subject is not None and subject.i >= cue.last


def _with_second(layout: Layout, unit: Unit, piece: Piece) -> tuple[int, int]:
    """The piece, with another that "and" joins to it."""
    second = next_piece(unit, piece.end)
    if second is not None and layout.text[piece.end : second.start].strip(" ,") in _JOINTS:
        return piece.start, second.end
    return piece.start, piece.end


def _labelled(layout: Layout, unit: Unit, cue: Cue) -> Content | None:
    """Words in marks said of something: "called the plan “a paper dyke”"."""
    piece = next_piece(unit, cue.end)
    if piece is None:
        return None
    between = layout.tokens(cue.end, piece.start)
    if len(between) > _LONGEST_LABEL or any(is_finite(t) or t.text == ":" for t in between):
        return None
    nearest = [token.lower_ for token in between[-3:]]
    if cue.lemma not in FREE_LABELS and "as" not in nearest:
        return None
    return Content([_with_second(layout, unit, piece)], phrase=True)


def _marks_after(
    layout: Layout, unit: Unit, cue: Cue, complement: tuple[Token, str] | None
) -> Content | None:
    """Words in marks right after the cue, its addressee and its adverbials."""
    piece = next_piece(unit, cue.end) or _in_next_paragraph(layout, unit, cue)
    if piece is None or any(
        cue.end <= c.start < piece.start and c.allows & {"marks", "label"} for c in cue.following
    ):
        return None
    until = min(piece.start, unit.end)
    between = layout.text[cue.end : until].strip()
    tokens = layout.tokens(cue.end, until)
    colon = between.endswith(":")
    spoken = any(is_finite(token) for token in tokens)
    if colon and not (spoken and complement is not None):
        return Content([(piece.start, piece.end)])
    if complement is None and _is_of_a_noun(cue, tokens):
        return Content([_with_second(layout, unit, piece)], phrase=True)
    if spoken or (between and not between.endswith(",") and not _ends_a_phrase(cue, tokens)):
        return None
    first, last = _with_second(layout, unit, piece)
    if is_sentence(layout, piece) and last == piece.end:
        return Content([(first, last)])
    if complement is not None:
        fragment = extent_of(layout, unit, cue, complement)
        if fragment is not None and fragment[1] > last + 2 and fragment[0] <= piece.start:
            return Content([fragment])
    if (not colon and "that" not in cue.allows) or cue.polarity == "hypothetical":
        return None
    return Content([(first, last)], phrase=not between.endswith(","))


def _is_of_a_noun(cue: Cue, tokens: list[Token]) -> bool:
    """Whether they lead to a noun phrase in marks: "warned of a “long winter”"."""
    lead = {"of", "about", "for", "a", "an"}
    return (
        cue.lemma in words("with_noun") and bool(tokens) and all(t.lower_ in lead for t in tokens)
    )


def _in_next_paragraph(layout: Layout, unit: Unit, cue: Cue) -> Piece | None:
    """Words in marks that open the paragraph after a colon."""
    if unit.after is not None or not layout.text[cue.end : unit.end].endswith(":"):
        return None
    following = layout.following_paragraph(unit)
    if following is None or not following.pieces or following.pieces[0].start != following.start:
        return None
    return following.pieces[0]


def _ends_a_phrase(cue: Cue, tokens: list[Token]) -> bool:
    """Whether the words between cue and marks end with an addressee or an adverbial."""
    last = tokens[-1]
    if last.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "ADV") or last.tag_ in ("PRP$", "WDT"):
        return False
    phrase = last
    while phrase.head != cue.verb and phrase.head != phrase and phrase.head in tokens:
        phrase = phrase.head
    return phrase.dep_ not in ("nsubj", "nsubjpass", "poss") or phrase.head == cue.verb
