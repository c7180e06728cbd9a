r"""White space between tokens, as MISC says it: `SpacesAfter=\s\n`."""

from __future__ import annotations

import re

__all__ = ["escaped", "unescaped"]

_ESCAPES = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
_CHARACTERS = {code: char for char, code in _ESCAPES.items()}
_CODE = re.compile(r"\\[strnp\\]")


def escaped(spaces: str) -> str:
    r"""The white space with `\s` for a blank and so on; other kinds stand for themselves."""
    return "".join(_ESCAPES.get(char, char) for char in spaces)


def unescaped(code: str) -> str:
    """The white space that `escaped` has made the code of; an unknown code is left as it is."""
    return _CODE.sub(lambda found: _CHARACTERS[found[0]], code)
