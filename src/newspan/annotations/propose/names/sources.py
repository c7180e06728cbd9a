"""Whoever a quote or a figure rests on: the actor at a stretch of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newspan.annotations.propose.draft import Proposal
from newspan.annotations.propose.names.kinds import ACTOR_TYPES, heading
from newspan.annotations.propose.names.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from newspan.annotations.propose.quotes import Source

__all__ = ["Actors", "source_actor"]

_SCORE = 0.85
"""How often a source that is no name was right in the texts that the rules were made on."""
_BLOCK = 256
"""Characters that share a place in the index."""

_PERSONAL = frozenset({"he", "she", "i", "who", "him", "her", "himself", "herself", "somebody",
                       "someone", "anyone", "nobody", "you", "me"})  # fmt: skip
_SEVERAL = frozenset({"they", "we", "them", "us", "those", "these", "others", "some", "many",
                      "both", "all", "several"})  # fmt: skip


class Actors:
    """The actors of a text by where they stand; those of sources are added."""

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        self._exact: dict[tuple[int, int], Proposal] = {}
        self._near: dict[int, list[Proposal]] = {}
        for proposal in proposals:
            self.add(proposal)

    def __iter__(self) -> Iterator[Proposal]:
        return iter(self._exact.values())

    def add(self, proposal: Proposal) -> None:
        """Add an actor, unless one stands just there."""
        if self._exact.setdefault((proposal.start, proposal.end), proposal) is proposal:
            for block in _blocks(proposal.start, proposal.end):
                self._near.setdefault(block, []).append(proposal)

    def overlapping(self, start: int, end: int) -> list[Proposal]:
        """The actors that share characters with a stretch."""
        found = {id(p): p for block in _blocks(start, end) for p in self._near.get(block, ())}
        return [p for p in found.values() if p.start < end and start < p.end]

    def at_source(self, doc: Doc, source: Source) -> Proposal | None:
        """The actor at the source of a quote: the one there, the name that is nearly there, or a
        new one. Null where it would cross another."""
        start, end = source.start, source.end
        actor = self._exact.get((start, end))
        near = self.overlapping(start, end)
        if actor is None and source.mention == "name":
            actor = max(near, key=lambda p: p.end - p.start, default=None)
        if actor is None:
            actor = source_actor(doc, start, end, source.mention)
            if actor is None or any(_cross(actor, other) for other in near):
                return None
            self.add(actor)
        return actor


def _blocks(start: int, end: int) -> range:
    return range(start // _BLOCK, (end - 1) // _BLOCK + 1)


def _cross(a: Proposal, b: Proposal) -> bool:
    return b.start < a.start < b.end < a.end or a.start < b.start < a.end < b.end


def source_actor(doc: Doc, start: int, end: int, mention: str) -> Proposal | None:
    """An actor for a source that no name is: a nominal, a pronoun, a name not found before.

    Null where the stretch is not made of tokens.
    """
    span = doc.char_span(start, end)
    if span is None:
        return None
    attributes: dict[str, Any] = {"type": _type(span, mention)}
    if mention != "name":
        attributes["mention"] = mention
    return Proposal("actor", ((start, end),), attributes, _SCORE)


def _type(span: Span, mention: str) -> str:
    root = span.root
    word = root.lower_
    if mention == "pronoun":
        if word in _PERSONAL:
            return "person"
        return "group" if word in _SEVERAL else "organization"
    if root.lemma_.lower() in words("words.yaml", "person_titles"):
        return "group" if _is_plural(root) else "person"
    if (found := _by_words(span)) is not None:
        return found
    if mention == "name":
        return "person"
    return "group" if _is_plural(root) else "person"


def _by_words(span: Span) -> str | None:
    """The type of actor that the head noun gives."""
    head = heading(span.root.lemma_) or heading(span.root.text)
    return head if head in ACTOR_TYPES else None


def _is_plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in token.children)
