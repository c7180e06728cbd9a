"""Whose word a figure is that stands outside every quote (guideline R7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newspan.annotations.propose.draft import Proposal, Tie
from newspan.annotations.propose.names.lexicon import words
from newspan.annotations.propose.names.sources import Actors, source_actor
from newspan.annotations.propose.tokens import text_of, token_at

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["according"]


def according(
    doc: Doc, spans: Sequence[Proposal], actors: Actors, names: Sequence[Proposal]
) -> list[Tie]:
    """Ties from the figures among `spans` that stand outside their quotes to the actor that
    counts, lists or puts them; a noun that does is added to the actors."""
    quoted = bytearray(len(text_of(doc)))
    for quote in (p for p in spans if p.layer == "quote"):
        for start, end in quote.fragments:
            quoted[start:end] = b"\1" * (end - start)
    places = {p.end for p in names if p.layer == "location"}
    made = []
    for number in (p for p in spans if p.layer == "number" and not quoted[p.start]):
        token = token_at(doc, number.start)
        subject = None if token is None else _reckoner(token)
        actor = None if subject is None else _actor(doc, actors, places, subject)
        if actor is not None:
            made.append(Tie(number, "according_to", actor))
    return made


def _reckoner(token: Token) -> Token | None:
    """The subject of the verb of reckoning over a figure, or who possesses the count."""
    for step, above in enumerate(token.ancestors):
        if step > 6:
            return None
        if above.lemma_ in words("acting.yaml", "counts"):
            return next((c for c in above.children if c.dep_ == "poss"), None)
        if above.pos_ == "VERB":
            subjects = [c for c in above.children if c.dep_ == "nsubj"]
            if above.lemma_ in words("acting.yaml", "reckoning"):
                return subjects[0] if subjects else None
            if subjects:
                counted = subjects[0]
                if counted.lemma_ in words("acting.yaml", "counts"):
                    return next((c for c in counted.children if c.dep_ == "poss"), None)
                return None
    return None


def _actor(doc: Doc, actors: Actors, places: set[int], subject: Token) -> Proposal | None:
    """The actor whose words hold the subject; a new one for a noun or a pronoun."""
    start, end = subject.idx, subject.idx + len(subject)
    held = [p for p in actors.overlapping(end - 1, end) if p.start <= start]
    if held:
        return max(held, key=lambda p: p.end - p.start)
    if end in places:
        return None
    mention = "pronoun"
    if subject.pos_ != "PRON" or subject.lower_ not in ("it", "he", "she", "they"):
        if subject.lemma_.lower() not in words("acting.yaml", "counters"):
            return None
        left = subject.left_edge
        start = (left.nbor() if left.dep_ == "det" and left.head == subject else left).idx
        mention = "nominal"
    made = source_actor(doc, start, end, mention)
    if made is None or actors.overlapping(start, end):
        return None
    actors.add(made)
    return made
