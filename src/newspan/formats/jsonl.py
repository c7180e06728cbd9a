"""JSON Lines: one Document a line, as the JSON Schema in `schema/` describes it.

Holds everything a Document has, and is the form to read, diff and stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.schema.invariants import check
from newspan.schema.model import Document

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset(
    {"article", "discontinuous", "nested", "note", "provenance", "relations", "score", "standoff"}
)


def decode(lines: Iterable[bytes | str], path: Path | None = None) -> Iterator[Document]:
    """The document of each line that is not blank.

    Raises DocumentError, naming the line, where one is no JSON, breaks the schema or breaks
    an invariant.
    """
    decoder = msgspec.json.Decoder(Document)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document = decoder.decode(line)
        except msgspec.DecodeError as error:
            raise DocumentError(
                Fault(
                    f"{error}.",
                    "Each line is one document; see schema/document.schema.json.",
                    path,
                    line=number,
                )
            ) from error
        yield check(document, path)


def encode(documents: Iterable[Document]) -> Iterator[bytes]:
    """One line of UTF-8 JSON for each document, keys in the order of the model."""
    for document in documents:
        yield msgspec.json.encode(check(document)) + b"\n"
