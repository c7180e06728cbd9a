"""Files of others, whose documents may have no id, or one that is none of ours."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from newspan.errors import DocumentError, Fault
from newspan.files import read_lines
from newspan.formats.slugs import slug

__all__ = ["Named", "article_name", "read_named"]


class Named(NamedTuple):
    """What a file holds, with the name that its documents get where they have none."""

    name: str
    """The file's name without its ending."""
    parts: Iterable[bytes]
    """Its bytes, in order: lines, or pieces of any size."""


def article_name(given: str, taken: dict[str, str]) -> str:
    """An article id made of any name: in lower case, with hyphens for all other characters.

    `taken` holds the ids made so far, with the names they were made of. Raises DocumentError
    where two names become one id.
    """
    name = slug(given) or "document"
    if name in taken:
        raise DocumentError(
            Fault(f"the documents {taken[name]!r} and {given!r} would have the same id.",
                  "Name one of them otherwise.", article_id=name)
        )  # fmt: skip
    taken[name] = given
    return name


def read_named(path: Path) -> Named:
    """The lines of a file, with its name without the ending."""
    return Named(path.stem, read_lines(path))
