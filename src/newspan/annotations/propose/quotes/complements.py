"""Clauses that a reporting verb governs: where they begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.quotes.joints import cut_at_joint
from newspan.annotations.propose.quotes.lexicon import channel_words, needed_prepositions, words
from newspan.annotations.propose.quotes.shapes import (
    SUBJECTS,
    has_finite,
    is_finite,
    is_sentence,
    is_stop,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from newspan.annotations.propose.quotes.cues import Cue
    from newspan.annotations.propose.quotes.units import Layout, Unit

__all__ = ["complement_of", "extent_of", "relative_complement_of"]

_WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_BEFORE_GERUND = frozenset({"against", "of", "from", "about"})
_TRAILING = frozenset({"prep", "npadvmod", "advmod"})
_FARTHEST = 24


def complement_of(cue: Cue) -> tuple[Token, str] | None:
    """The head of the clause that the cue governs, and its kind; None if there is none."""
    for child in _candidates(cue):
        kind = _kind(child)
        if kind is not None and (kind in cue.allows or _that_is_allowed(kind, cue)):
            if kind == "to" and not _takes_infinitive(cue, child):
                continue
            return child, kind
    return _that_clause(cue)


def _that_clause(cue: Cue) -> tuple[Token, str] | None:
    """A that-clause that the parser tied to a noun: "said in a statement that …"."""
    doc = cue.verb.doc
    if not cue.allows & {"that", "clause"}:
        return None
    verbs = {other.verb.i for other in cue.following}
    for token in doc[cue.last : cue.last + _FARTHEST]:
        if is_finite(token) or token.is_punct or token.is_space or token.i in verbs:
            return None
        if token.lower_ == "that" and token.dep_ == "mark" and token.head.i > token.i:
            return token.head, "that"
    return None


def relative_complement_of(cue: Cue) -> tuple[Token, str] | None:
    """A that-clause that the parser took for a relative one: "said in a letter that …"."""
    if not cue.allows & {"that", "clause"}:
        return None
    for child in cue.verb.rights:
        for noun in child.children if child.dep_ == "prep" else ():
            following = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
            told = noun.lemma_.lower() in channel_words("nouns")
            if told and following.lower_ == "that" and following.head.head == noun:
                return following.head, "that"
    return None


def _that_is_allowed(kind: str, cue: Cue) -> bool:
    return kind == "that" and "clause" in cue.allows


def _candidates(cue: Cue) -> list[Token]:
    found = []
    for child in cue.verb.rights:
        if child.i < cue.last:
            continue
        addressed = "to" in cue.allows and cue.lemma in words("with_addressee")
        told = child.dep_ == "advcl" and (addressed or cue.lemma in ("tell", "say"))
        if child.dep_ in ("ccomp", "xcomp") or told:
            found.append(child)
        elif child.dep_ == "prep" and child.lower_ in _BEFORE_GERUND:
            found += [one for one in child.children if one.dep_ == "pcomp"]
        elif child.dep_ in ("dobj", "prep", "dative") and addressed:
            found += _in_object(child)
    return found


def _in_object(noun: Token) -> list[Token]:
    """Infinitives that the parser tied to the addressee."""
    around = [noun, *(child for child in noun.children if child.dep_ == "pobj")]
    return [c for one in around for c in one.children if c.dep_ in ("acl", "relcl", "advcl")]


def _kind(head: Token) -> str | None:
    """that, clause, wh, to or ing; None for anything else."""
    children = list(head.children)
    helpers = [child for child in children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ == "to" and child.tag_ == "TO" for child in helpers):
        return None if _starts_with_wh(head) else "to"
    if any(child.dep_ == "mark" and child.lower_ == "that" for child in children):
        return "that"
    finite = has_finite(head)
    if not finite:
        plain = head.tag_ == "VBG" and not any(c.dep_ in SUBJECTS for c in children)
        return "ing" if plain and head.dep_ in ("xcomp", "pcomp", "ccomp") else None
    if head.dep_ in ("acl", "relcl") or (head.dep_ == "advcl" and _is_marked(head)):
        return None
    return "wh" if _starts_with_wh(head) else "clause"


def _is_marked(head: Token) -> bool:
    """Whether an adverbial clause has its "when" or "if", or no subject of its own."""
    opening = any(c.dep_ == "mark" or c.tag_ in _WH for c in head.lefts)
    return opening or not any(c.dep_ in SUBJECTS for c in head.lefts)


def _starts_with_wh(head: Token) -> bool:
    first = head.left_edge
    if first.lower_ in ("whether", "if") or first.tag_ in _WH:
        return first.lower_ != "that"
    following = first.nbor() if first.i + 1 < len(first.doc) else first
    return first.pos_ == "ADP" and following.tag_ in _WH


def _takes_infinitive(cue: Cue, head: Token) -> bool:
    """Whether the infinitive is what was said, not a purpose."""
    needed = needed_prepositions().get(cue.lemma)
    if needed is not None and not cue.passive:
        return any(child.lower_ in needed for child in cue.verb.children)
    if _is_about_a_name(cue, head):
        return False
    if cue.lemma in words("needs_subject") and not cue.passive:
        return any(c.dep_ in SUBJECTS and c.i >= cue.last for c in head.lefts)
    if cue.lemma == "refuse":
        return head.lemma_.lower() in words("answering")
    if head.dep_ == "advcl":
        return any(child.dep_ in ("dobj", "dative") for child in cue.verb.children)
    return True


def _is_about_a_name(cue: Cue, head: Token) -> bool:
    """Whether somebody only wants to stay unnamed: that is no news."""
    if head.lemma_.lower() in words("anonymity"):
        passive = any(child.dep_ == "auxpass" for child in head.children)
        return passive or any(child.dep_ == "neg" for child in head.children)
    given = next((child for child in head.children if child.dep_ == "dobj"), None)
    return cue.polarity == "declined" and given is not None and given.lemma_.lower() == "name"


def extent_of(
    layout: Layout, unit: Unit, cue: Cue, complement: tuple[Token, str]
) -> tuple[int, int] | None:
    """From the first word of the clause, or its "that" or "to", to its last."""
    head, kind = complement
    first = _first_token(cue, head, kind)
    last = max(head.right_edge.i, head.i)
    last = _with_trailing(cue, last)
    doc = layout.doc
    start = doc[first].idx
    end = min(doc[last].idx + len(doc[last]), unit.end)
    end = _with_another_that(layout, unit, cue, end)
    end = cut_at_joint(cue, start, end)
    end = _at_colon(layout, unit, cue, start, end)
    for piece in unit.pieces:
        if piece.start < end < piece.end:
            end = piece.end
        if piece.start < start < piece.end:
            start = piece.start
    return _stripped(layout, unit, start, end)


def _with_another_that(layout: Layout, unit: Unit, cue: Cue, end: int) -> int:
    """To the end of the unit where "and that" follows before another cue."""
    limit = next((c.start for c in cue.following if c.start >= end), unit.end)
    for joint in (" and that ", " but that "):
        at = layout.text.find(joint, max(end - len(" and"), 0), limit)
        if at < 0 or layout.scope_at(at) != unit.scope:
            continue
        if layout.doc[layout.token_at(at + len(" and "))].tag_ in ("IN", "WDT"):
            return unit.end
    return end


def _at_colon(layout: Layout, unit: Unit, cue: Cue, start: int, end: int) -> int:
    """The end, where a colon opens a sentence in marks.

    It is another quote, unless a cue inside the content introduces it.
    """
    for piece in unit.pieces:
        colon = start + len(layout.text[start : piece.start].rstrip()) - 1
        if piece.start <= start or layout.text[colon] != ":" or colon > end:
            continue
        inner = [other for other in cue.following if start <= other.start < colon]
        if inner and "marks" in inner[-1].allows:
            return max(end, piece.end)
        if is_sentence(layout, piece):
            return colon
    return end


def _first_token(cue: Cue, head: Token, kind: str) -> int:
    if kind == "to" and cue.lemma not in words("subject_inside"):
        to = next((c.i for c in head.children if c.lower_ == "to" and c.dep_ == "aux"), head.i)
        before = head.doc[to - 1]
        return to - 1 if before.dep_ == "neg" and to - 1 >= cue.last else to
    that = next((c.i for c in head.lefts if c.lower_ == "that" and c.tag_ != "DT"), None)
    if kind == "that" and that is not None and that >= cue.last:
        return that
    subjects = [c for c in head.children if c.dep_ in SUBJECTS and c.i >= cue.last]
    if kind == "clause" and not subjects and (cue.passive or cue.lemma != "tell"):
        return cue.last
    first = int(head.left_edge.i)
    if subjects and kind == "clause":
        first = _after_date(head.doc, max(first, cue.last), int(subjects[0].left_edge.i))
    if first < cue.last:
        first = min(
            (t.i for t in head.subtree if t.i >= cue.last and not t.is_punct), default=head.i
        )
    return first


def _after_date(doc: Doc, first: int, subject: int) -> int:
    """The subject, where only a date stands before it: "said on Tuesday they had …"."""
    between = doc[first:subject]
    dates = any(token.ent_type_ in ("DATE", "TIME") for token in between)
    others = (t for t in between if t.ent_type_ not in ("DATE", "TIME") and t.pos_ != "ADP")
    return subject if dates and not any(others) else first


def _with_trailing(cue: Cue, last: int) -> int:
    """The end with adverbials after it, which the parser often ties to the cue."""
    for child in cue.verb.rights:
        follows = child.left_edge.i == last + 1
        if follows and child.dep_ in _TRAILING and not any(is_finite(t) for t in child.subtree):
            last = child.right_edge.i
    return last


def _stripped(layout: Layout, unit: Unit, start: int, end: int) -> tuple[int, int] | None:
    text = layout.text
    edges = {piece.end for piece in unit.pieces}
    while end > start and end not in edges and text[end - 1] in " \n,;:.—–-(?!…”’\"'":
        if text[end - 1] == "." and not is_stop(layout, end - 1):
            break
        end -= 1
    while start < end and text[start] in " \n,;:—–-)":
        start += 1
    return (start, end) if start < end else None
