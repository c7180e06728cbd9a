"""Whose dollar a bare one is."""

from __future__ import annotations

import re
from functools import cache

from newspan.annotations.propose.numbers.lexicon import lexicon
from newspan.annotations.propose.numbers.units import UNNAMED

__all__ = ["dollar_of"]


@cache
def _countries() -> re.Pattern[str]:
    names = [re.escape(name) for many in lexicon("units")["dollars"].values() for name in many]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(names, key=len, reverse=True))})(?!\w)")


def dollar_of(text: str) -> str:
    """The code of the dollar if the text names one country that has one, else XXX."""
    codes = {name: code for code, names in lexicon("units")["dollars"].items() for name in names}
    named = {codes[match.group()] for match in _countries().finditer(text)}
    return named.pop() if len(named) == 1 else UNNAMED
