"""Records of a file with one JSON object a line, typed, with the line of what is wrong."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.files import LFS_POINTER

__all__ = ["records"]

_Record = TypeVar("_Record")


def records(
    lines: Iterable[bytes | str], kind: type[_Record], remedy: str, path: Path | None = None
) -> Iterator[tuple[int, _Record]]:
    """(line, record) of each line that is not blank.

    Raises DocumentError, with the remedy, where a line is no JSON or no such record.
    """
    decoder = msgspec.json.Decoder(kind)
    for number, line in enumerate(lines, start=1):
        data = line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")
        data = data.removeprefix(codecs.BOM_UTF8) if number == 1 else data
        if not data.strip():
            continue
        if data.startswith(LFS_POINTER):
            raise DocumentError(
                Fault("is a Git LFS pointer, not the file.", "Run `git lfs pull`.", path)
            )
        try:
            yield number, decoder.decode(data)
        except RecursionError as error:
            raise DocumentError(
                Fault("it is nested too deeply.", remedy, path, line=number)
            ) from error
        except ValueError as error:  # of msgspec, of UTF-8, and of numbers with too many digits
            raise DocumentError(Fault(f"{error}.", remedy, path, line=number)) from error
