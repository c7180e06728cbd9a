"""Numbers with all that is said of them, and the draft that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from newspan.annotations.propose.draft import Draft, Proposal, Tie
from newspan.annotations.propose.numbers.counting import Head
from newspan.annotations.propose.numbers.quantity import Quantity
from newspan.annotations.propose.numbers.site import Site

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Item", "drafted"]

_COUNTING = ("count", "percent", "ratio")


@dataclass(eq=False, slots=True)
class Item:
    """A number and what was found out about it."""

    site: Site
    quantity: Quantity
    per: str | None = None
    head: Head | None = None
    """The counted noun; in an ellipsis that of an earlier number."""
    is_elliptical: bool = False
    counted_class: str | None = None
    happening: str | None = None
    scope: str | None = None
    factuality: str = "actual"
    whole: Item | None = None
    score: float = 0.9

    @property
    def is_counting(self) -> bool:
        """Whether something is counted."""
        return self.quantity.kind in _COUNTING

    @property
    def worth(self) -> Fraction | None:
        """About how many it says, for comparing a part with its whole."""
        said = self.quantity.value or self.quantity.high or self.quantity.low
        said = said or self.quantity.magnitude
        return (
            None if said is None or self.quantity.kind in ("ratio", "percent") else Fraction(said)
        )

    @property
    def node(self) -> Token:
        """The token from which the verb that says something of it is sought."""
        if self.head is not None and not self.is_elliptical:
            return self.head.noun
        return self.site.token

    def attributes(self) -> dict[str, Any]:
        """The attributes of the layer, without those that have their default."""
        said = self.quantity
        given = {
            "kind": said.kind, "value": said.value, "low": said.low, "high": said.high,
            "modifier": said.modifier, "magnitude": said.magnitude, "unit": said.unit,
            "per": self.per, "counted_class": self.counted_class, "property": self.happening,
            "scope": self.scope, "factuality": self.factuality,
            "elliptical": (self.is_elliptical and self.head is not None) or None,
        }  # fmt: skip
        return {name: value for name, value in given.items() if value is not None}

    def become(self, kind: str, unit: str | None) -> None:
        """Take another kind and unit, which the context gives."""
        self.quantity = replace(self.quantity, kind=kind, unit=unit)


def drafted(items: Sequence[Item]) -> Draft:
    """The proposals and ties of the numbers; a noun that several count is proposed once."""
    draft = Draft()
    nouns: dict[tuple[int, int], Proposal] = {}
    numbers: dict[int, Proposal] = {}
    for item in items:
        phrase = item.site.phrase
        number = Proposal("number", ((phrase.start, phrase.end),), item.attributes(), item.score)
        numbers[id(item)] = number
        draft.spans.append(number)
        if item.head is None:
            continue
        place = _place(item.head)
        if place not in nouns:
            nouns[place] = Proposal("counted", (place,), {}, item.score)
            draft.spans.append(nouns[place])
        draft.ties.append(Tie(number, "counts", nouns[place]))
    for item in items:
        if item.whole is not None and id(item.whole) in numbers:
            draft.ties.append(Tie(numbers[id(item)], "part_of", numbers[id(item.whole)]))
    return draft


def _place(head: Head) -> tuple[int, int]:
    return head.first.idx, head.last.idx + len(head.last.text)
