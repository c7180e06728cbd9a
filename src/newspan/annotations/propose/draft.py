"""What a proposer finds in one text, before it becomes spans: stretches, attributes, ties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Draft", "Proposal", "Tie"]


@dataclass(eq=False, slots=True)
class Proposal:
    """A span to be. Two proposals are the same only if they are one object."""

    layer: str
    fragments: tuple[tuple[int, int], ...]
    """Half-open, in code points of the text, in order."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """Attributes of the layer, by the names of the model; what is left out has its default."""
    score: float = 1.0
    """How often such a proposal is right, from 0 to 1."""

    @property
    def start(self) -> int:
        """Start of the hull."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """End of the hull, exclusive."""
        return self.fragments[-1][1]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation to be."""

    head: Proposal
    type: str
    tail: Proposal


@dataclass(slots=True)
class Draft:
    """The proposals for one text and the ties between them."""

    spans: list[Proposal] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    def take(self, other: Draft) -> None:
        """Add what another draft of the same text has."""
        self.spans += other.spans
        self.ties += other.ties
