"""A quote in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newspan.annotations.propose.quotes.aside import Content
    from newspan.annotations.propose.quotes.cues import Cue
    from newspan.annotations.propose.quotes.mentions import Mention
    from newspan.annotations.propose.quotes.units import Unit

__all__ = ["Found"]


@dataclass(eq=False, slots=True)
class Found:
    """A quote in the making."""

    unit: Unit
    content: Content
    cue: tuple[int, int] | None
    polarity: str = "asserted"
    speakers: list[Mention] = field(default_factory=list)
    medium: Mention | None = None
    channel: str | None = None
    by: Cue | None = None

    @property
    def start(self) -> int:
        """Where its first fragment begins."""
        return self.content.fragments[0][0]
