"""Converting a file or folder from one format to another, through Documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from newspan.errors import DocumentError, Fault
from newspan.formats import format_of, read, write
from newspan.formats.stream import stream_label_studio
from newspan.schema.model import Document

__all__ = ["convert"]


def convert(
    source: Path, target: Path, source_format: str | None = None, target_format: str | None = None
) -> str:
    """Read, check and write; returns a line that says what was done.

    Label Studio to Parquet goes as a stream, in little memory.

    Raises DocumentError, and writes nothing, where the source has faults.
    """
    target_format = target_format or format_of(target)
    source_format = source_format or format_of(source)
    if (source_format, target_format) == ("label-studio", "parquet"):
        return _summary(stream_label_studio(source, target), target, target_format)
    counted = [0, 0, 0]

    def counting() -> Iterator[Document]:
        for document in read(source, source_format):
            counted[0] += 1
            counted[1] += len(document.spans)
            counted[2] += len(document.relations)
            yield document
        if not counted[0]:
            raise DocumentError(Fault("holds no documents.", "Nothing was written.", source))

    write(counting(), target, target_format)
    return _summary(counted, target, target_format)


def _summary(counted: Sequence[int], target: Path, target_format: str) -> str:
    names = ("documents", "spans", "relations")
    held = ", ".join(f"{n:,} {name}" for n, name in zip(counted, names, strict=True))
    return f"{held} → {target} ({target_format})"
