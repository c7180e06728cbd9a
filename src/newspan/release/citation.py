"""The citation of a corpus: CITATION.cff, as far as a release needs it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from newspan.errors import Fault, NewspanError
from newspan.files import read_text
from newspan.plain_yaml import parse_yaml

__all__ = ["Citation", "read_citation"]

Filled = Annotated[str, Meta(min_length=1)]


class Author(msgspec.Struct, rename="kebab"):
    """A person or an entity; CFF asks for either kind of name."""

    name: str | None = None
    family_names: str | None = None
    given_names: str | None = None

    @property
    def full_name(self) -> str:
        """The name as it is written in a line."""
        return self.name or " ".join(filter(None, (self.given_names, self.family_names)))


class Citation(msgspec.Struct, rename="kebab"):
    """What of the Citation File Format 1.2.0 is asked of a release; other keys may stand there."""

    cff_version: Annotated[str, Meta(pattern=r"^1\.2\.\d$")]
    message: Filled
    title: Filled
    abstract: Filled
    authors: Annotated[list[Author], Meta(min_length=1)]
    version: Annotated[str, Meta(pattern=r"^\d+\.\d+\.\d+$")]
    date_released: datetime.date
    license: Filled | list[Filled]
    keywords: list[Filled] = []
    url: str | None = None
    repository_code: str | None = None

    @property
    def licenses(self) -> list[str]:
        """The licences, be it one or several."""
        return [self.license] if isinstance(self.license, str) else list(self.license)


def read_citation(path: Path, version: str) -> Citation:
    """The citation of a corpus of a version.

    Raises NewspanError for a file that is missing, breaks the format, or speaks of another
    version than the data.
    """
    try:
        found = msgspec.convert(_plain(parse_yaml(read_text(path), path)), Citation)
    except msgspec.ValidationError as error:
        raise NewspanError(
            Fault(f"{error}.", "See https://citation-file-format.github.io.", path)
        ) from error
    if found.version != version:
        raise NewspanError(
            Fault(f"speaks of version {found.version}, and the data are {version}.",
                  "Bring it and corpus/VERSION in line.", path)
        )  # fmt: skip
    nameless = [number for number, a in enumerate(found.authors, 1) if not a.full_name]
    if nameless:
        raise NewspanError(Fault(f"author {nameless[0]} has no name.", "Give it one.", path))
    return found


def _plain(value: Any) -> Any:
    """Versions such as 1.2 and dates, which YAML takes for numbers and dates, as text."""
    if isinstance(value, dict):
        return {k: str(v) if k in ("version", "cff-version", "date-released") else v
                for k, v in value.items()}  # fmt: skip
    return value
