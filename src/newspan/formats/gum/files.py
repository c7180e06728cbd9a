"""The files of a release of GUM."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newspan.errors import Fault, NewspanError
from newspan.files import read_text

__all__ = ["read_conllu", "read_xml"]


def read_conllu(path: Path) -> Iterator[tuple[Path, str]]:
    """A `.conllu` file, or each of a folder, with its text."""
    return _texts(path, ".conllu")


def read_xml(path: Path) -> Iterator[tuple[Path, str]]:
    """An `.xml` file, or each of a folder, with its text."""
    return _texts(path, ".xml")


def _texts(path: Path, suffix: str) -> Iterator[tuple[Path, str]]:
    found = sorted(path.glob(f"*{suffix}")) if path.is_dir() else [path]
    if not found:
        raise NewspanError(Fault(f"holds no file {suffix}.", "Name a file, or their folder.", path))
    return ((file, read_text(file, limit=None)) for file in found)
