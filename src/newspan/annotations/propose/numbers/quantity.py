"""What a number phrase says: kind, value, bounds, modifier, magnitude and unit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from newspan.annotations.propose.numbers.cardinals import Amount
from newspan.annotations.propose.numbers.units import Unit

__all__ = ["Quantity", "bounded", "exact", "in_decade"]

_LONGEST_EXACT = 40
"""Characters that the model allows."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What the words of a number give; figures are exact strings, as in the model."""

    kind: str
    """A count unless the words say more: an age or a duration may be plain figures in context."""
    value: str | None = None
    low: str | None = None
    high: str | None = None
    modifier: str = "exact"
    magnitude: str | None = None
    unit: str | None = None


def bounded(
    amount: Amount, upper: Amount | None, modifier: str | None, unit: Unit | None
) -> Quantity:
    """The quantity of an amount, or of a range up to another, under a modifier, with a unit."""
    times = unit.times if unit is not None else Fraction(1)
    share = amount.is_share and times == 1
    kind = unit.kind if unit is not None else "ratio" if amount.is_share else "count"
    code = unit.code if unit is not None else None
    low = None if amount.worth is None else exact(amount.worth * times, as_share=share)
    if amount.order is not None:
        order = exact(amount.order * times)
        return Quantity(kind, modifier="vague", magnitude=order, unit=code)
    if upper is not None:
        high = None if upper.worth is None else exact(upper.worth * times, as_share=share)
        return Quantity(kind, low=low, high=high, modifier="range", unit=code)
    if modifier in ("at_least", "more_than"):
        return Quantity(kind, low=low, modifier=modifier, unit=code)
    if modifier in ("at_most", "less_than"):
        return Quantity(kind, high=low, modifier=modifier, unit=code)
    return Quantity(kind, value=low, modifier=modifier or "exact", unit=code)


def exact(worth: Fraction | None, *, as_share: bool = False) -> str | None:
    """The figure as the model writes it: 12, 2.5 or 2/3; a share always as a fraction."""
    if worth is None:
        return None
    whole, parts = worth.numerator, worth.denominator
    rest = parts
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if parts == 1:
        made = str(whole)
    elif rest != 1 or as_share:
        made = f"{whole}/{parts}"
    else:
        places = max(parts.bit_length(), 1)
        digits = f"{whole * 10**places // parts:0{places + 1}d}"
        made = f"{digits[:-places]}.{digits[-places:].rstrip('0')}"
    return made if len(made) <= _LONGEST_EXACT else None


def in_decade(said: Quantity) -> Quantity:
    """The ages that "in their 70s" gives, from the quantity of its figure."""
    high = exact(Fraction(said.value or 0) + 9)
    return Quantity("age", low=said.value, high=high, modifier="range", unit="a")
