"""How far a noun with its premodifiers runs, by the tags of its tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.site import is_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["LONGEST", "PREMODIFIERS", "run_end"]

PREMODIFIERS = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "AFX")
LONGEST = 12
"""Tokens of a noun with its premodifiers."""


def run_end(doc: Doc, i: int) -> int:
    """The index of the first token from `i` on that is no part of a noun phrase begun there."""
    end = i
    while end < len(doc) and end - i < LONGEST:
        token = doc[end]
        if token.tag_ in ("VBN", "VBG") and (end + 1 >= len(doc) or not _goes_on(doc, end)):
            break
        if token.tag_ == "VBG" and token.dep_ != "amod" and token.dep_ != "compound":
            break
        if token.tag_ in ("CC", ",") and not _joins_adjectives(doc, end):
            break
        if token.tag_ == "IN" and _is_inside_compound(doc, end):
            end += 1
            continue
        if token.tag_ not in (*PREMODIFIERS, "CC", ",") or (end > i and token.is_sent_start):
            break
        end += 1
    return end


def _is_inside_compound(doc: Doc, i: int) -> bool:
    """Whether hyphens hold a preposition on both sides: surface-to-air missiles."""
    return 0 < i < len(doc) - 1 and doc[i - 1].tag_ == doc[i + 1].tag_ == "HYPH"


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether a participle stands before a noun, not after one: wounded men."""
    after = doc[i + 1].tag_
    return after.startswith(("NN", "JJ", "HYPH")) and not (i > 0 and is_noun(doc[i - 1]))


def _joins_adjectives(doc: Doc, i: int) -> bool:
    if not 0 < i < len(doc) - 1:
        return False
    adjectives = ("JJ", "JJR", "JJS", "VBN")
    return doc[i - 1].tag_ in adjectives and doc[i + 1].tag_ in ("JJ", "JJR", "JJS")
