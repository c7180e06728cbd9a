"""Converting a file or folder from one format to another, through Documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newspan.formats import format_of, read, write
from newspan.schema.model import Document

__all__ = ["convert"]


def convert(
    source: Path, target: Path, source_format: str | None = None, target_format: str | None = None
) -> Iterator[str]:
    """Read, check and write; yields lines that say what was done.

    Raises DocumentError, and writes nothing, where the source has faults.
    """
    target_format = target_format or format_of(target)
    counted = [0, 0, 0]

    def counting() -> Iterator[Document]:
        for document in read(source, source_format):
            counted[0] += 1
            counted[1] += len(document.spans)
            counted[2] += len(document.relations)
            yield document

    write(counting(), target, target_format)
    yield (
        f"{counted[0]:,} documents, {counted[1]:,} spans, {counted[2]:,} relations → "
        f"{target} ({target_format})"
    )
