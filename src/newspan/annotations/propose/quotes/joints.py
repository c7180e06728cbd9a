"""Where one report of a sentence ends and the next begins: "said …, adding"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.quotes.shapes import SUBJECTS

if TYPE_CHECKING:
    from newspan.annotations.propose.quotes.cues import Cue

__all__ = ["cut_at_joint"]


def cut_at_joint(cue: Cue, start: int, end: int) -> int:
    """The end, before a later cue that goes on with the same subject."""
    for later in cue.following:
        if start < later.start < end:
            joint = _joins(later, cue)
            if joint is not None and cue.verb.doc[joint].idx > start:
                later.leader = later.leader or cue.leader or cue
                return int(cue.verb.doc[joint].idx)
            parting = _parts(later, cue)
            if parting is not None and cue.verb.doc[parting].idx > start:
                return int(cue.verb.doc[parting].idx)
    return end


def _joins(later: Cue, cue: Cue) -> int | None:
    """Where the later cue breaks off the content of the first one, as a number of a token.

    It does where it goes on with the same subject: "said …, adding", "said … and asked".
    """
    doc, verb = cue.verb.doc, later.verb
    at = later.first - 1
    if later.is_according or any(c.dep_ in SUBJECTS and c.i > at - 6 for c in verb.lefts):
        return None
    while at > cue.last and doc[at].pos_ == "ADV":
        at -= 1
    joint = doc[at].lower_
    same = later.finite_tag == cue.finite_tag and later.finite_tag in ("VBD", "VBZ", "VBP")
    if not (joint == "," or (same and joint in ("and", "but", "then"))):
        return None
    if verb.tag_ != "VBG" and not same:
        return None
    while at > cue.last and doc[at - 1].lower_ in (",", "and", "but"):
        at -= 1
    return at


def _parts(later: Cue, cue: Cue) -> int | None:
    """Where a later cue with a subject of its own begins another report: "…, and Krenn said"."""
    doc, verb = cue.verb.doc, later.verb
    if later.is_according or verb.tag_ != cue.verb.tag_ or verb.dep_ not in ("conj", "advcl"):
        return None
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None or subject.left_edge.i < cue.last + 2 or subject.pos_ == "PRON":
        return None
    at = int(subject.left_edge.i) - 1
    if doc[at].lower_ not in ("and", "but", "while", "whilst") or doc[at - 1].text != ",":
        return None
    return at - 1
