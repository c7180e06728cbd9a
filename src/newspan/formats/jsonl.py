"""JSON Lines: one Document a line, as the JSON Schema in `schema/` describes it.

Holds everything a Document has, and is the form to read, diff and stream.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.files import LFS_POINTER
from newspan.formats.loss import LOSABLE
from newspan.schema.invariants import check
from newspan.schema.model import Document

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset(LOSABLE)


def decode(lines: Iterable[bytes | str], path: Path | None = None) -> Iterator[Document]:
    """The document of each line that is not blank.

    Raises DocumentError, naming the line, where one is no JSON, breaks the schema or breaks
    an invariant.
    """
    decoder = msgspec.json.Decoder(Document)
    for number, line in enumerate(lines, start=1):
        plain = _without_mark(line) if number == 1 else line
        if not plain.strip():
            continue
        try:
            document = check(decoder.decode(plain), path)
        except DocumentError as error:
            raise DocumentError(*(replace(f, line=number) for f in error.faults)) from error
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise DocumentError(_line_fault(error, plain, path, number)) from error
        yield document


def _without_mark(line: bytes | str) -> bytes | str:
    if isinstance(line, bytes):
        return line.removeprefix(codecs.BOM_UTF8)
    return line.removeprefix("\ufeff")


def _line_fault(error: Exception, line: bytes | str, path: Path | None, number: int) -> Fault:
    if isinstance(line, bytes) and line.startswith(LFS_POINTER):
        return Fault("is a Git LFS pointer, not the file.", "Run `git lfs pull`.", path)
    reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    remedy = "Each line is one document; see schema/document.schema.json."
    return Fault(f"{reason}.", remedy, path, line=number)


def encode(documents: Iterable[Document]) -> Iterator[bytes]:
    """One line of UTF-8 JSON for each document, keys in the order of the model."""
    for document in documents:
        yield msgspec.json.encode(check(document)) + b"\n"
