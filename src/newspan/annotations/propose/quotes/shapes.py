"""Shapes of clauses and stretches: what is finite, what could stand alone, where content ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newspan.annotations.propose.quotes.units import Layout, Piece

__all__ = [
    "ARTICLES",
    "FREE_LABELS",
    "NOUNS",
    "SUBJECTS",
    "agent_of",
    "has_finite",
    "is_finite",
    "is_sentence",
    "is_stop",
    "object_of",
    "trimmed",
]

ARTICLES = frozenset({"the", "a", "an", "both", "either"})
"""Words that are left out before a noun or a name."""

SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
"""Dependencies of subjects."""

NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
"""Parts of speech of nouns and pronouns."""

FREE_LABELS = frozenset({"call", "label", "dub", "brand", "term"})
"""Verbs that need no "as" before what they call something."""

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def is_finite(token: Token) -> bool:
    """Whether the token is a finite verb or a modal."""
    return token.tag_ in _FINITE


def has_finite(head: Token) -> bool:
    """Whether the clause of the token is finite."""
    return is_finite(head) or any(
        is_finite(child) for child in head.children if child.dep_ in ("aux", "auxpass")
    )


def object_of(preposition: Token) -> Token | None:
    """The noun after a preposition."""
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)


def agent_of(verb: Token) -> Token | None:
    """The noun after "by" in the passive."""
    agent = next((child for child in verb.children if child.dep_ == "agent"), None)
    return object_of(agent) if agent is not None else None


def is_sentence(layout: Layout, piece: Piece) -> bool:
    """Whether the words in marks could stand alone: a sentence or a clause with its subject."""
    inner = layout.text[piece.start + 1 : piece.end - 1].strip()
    first = next((sign for sign in inner if sign.isalnum()), "")
    if (first.isupper() or first.isdigit()) and inner.endswith((".", "!", "?", "…")):
        return True
    tokens = [token for token in layout.tokens(piece.start, piece.end) if not token.is_punct]
    if tokens and (tokens[0].tag_ in ("VB", "UH") or tokens[0].lower_ in ("yes", "no")):
        return True
    return any(
        token.dep_ in SUBJECTS
        and token.lower_ != "who"
        and token.idx < token.head.idx < piece.end
        and has_finite(token.head)
        for token in tokens
    )


def trimmed(layout: Layout, start: int, end: int) -> tuple[int, int]:
    """The stretch without spaces, commas and dashes at its edges and without a final stop."""
    text = layout.text
    while start < end and text[start] in " \n,;:.—–-)":
        start += 1
    while start < end and (
        text[end - 1] in " \n,;:—–-(" or (text[end - 1] == "." and is_stop(layout, end - 1))
    ):
        end -= 1
    return start, end


def is_stop(layout: Layout, offset: int) -> bool:
    """Whether the full stop there is a token of its own, not part of an abbreviation."""
    number = layout.token_at(offset)
    starts = layout.token_starts
    return number < len(starts) and starts[number] == offset
