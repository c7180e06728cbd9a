"""Proposes numbers, what they count and what they are part of.

`number_draft` reads a parsed text, `read_quantity` one phrase without its context.
"""

from newspan.annotations.propose.numbers.phrases import read_quantity
from newspan.annotations.propose.numbers.quantity import Quantity
from newspan.annotations.propose.numbers.reading import number_draft

__all__ = ["Quantity", "number_draft", "read_quantity"]
