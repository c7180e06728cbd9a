"""The files that a CAS comes in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newspan.formats.members import Member, read_members

__all__ = ["read_cas_json", "read_xmi"]


def read_xmi(path: Path) -> Iterator[Member]:
    """The type systems, then the XMI files, of an archive, a folder or one file."""
    return read_members(path, (".xml", ".xmi"))


def read_cas_json(path: Path) -> Iterator[Member]:
    """The JSON files of an archive, a folder or one file."""
    return read_members(path, (".json",))
