"""What both ways through brat's files share: names, labels, notes and line breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newspan.formats.loss import LOSABLE
from newspan.schema.fields import Field, attributes
from newspan.schema.model import LAYERS

__all__ = ["FIELDS", "HOLDS", "flat", "is_label", "joined", "pieces"]

HOLDS = frozenset(LOSABLE) - {"standoff"}

REMARK = "AnnotatorNotes"
"""Type of the note that a person writes in brat."""
OWN = "newspan"
"""Type of the note with what brat has no place for, and the database of our keys."""
BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""What ends a line for those who read `.ann` files, brat's own code among them."""
_UNBROKEN = re.compile(f"[^{BREAKS}]+")
FIELDS: dict[str, tuple[str, Field]] = {
    f"{layer}_{field.name}": (layer, field) for layer in LAYERS for field in attributes(layer)
}
"""Name of an attribute in brat, where names are shared by all types, to layer and field."""
Places = Sequence[tuple[int, int]]
"""Half-open places in the text, in code points."""


def is_label(field: Field) -> bool:
    """Whether an attribute is a label or a flag, which brat can offer for choice."""
    return bool(field.values) or field.base is bool


def flat(note: str | None) -> str:
    """The note as one line, as brat has it; empty where brat would have none."""
    return " ".join((note or "").split())


def pieces(fragments: Places, text: str) -> list[tuple[int, int]]:
    """The fragments cut at line breaks."""
    return [m.span() for s, e in fragments for m in _UNBROKEN.finditer(text, s, e)]


def joined(marked: Places, text: str) -> list[tuple[int, int]]:
    """The pieces in order, those joined that only part at line breaks."""
    ordered = sorted(marked)
    found = ordered[:1]
    for before, piece in pairwise(ordered):
        gap = text[before[1] : piece[0]]
        if gap and not gap.strip(BREAKS):
            found[-1] = (found[-1][0], piece[1])
        else:
            found.append(piece)
    return found
