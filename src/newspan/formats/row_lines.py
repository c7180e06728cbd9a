"""The rows of a Parquet file as lines, for `git diff` and for the eye."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq

from newspan.files import LFS_POINTER
from newspan.formats.parquet_files import guarded

__all__ = ["row_lines"]


def row_lines(path: Path) -> Iterator[str]:
    """Each row as one line of JSON, without what is null; a batch of rows in memory.

    Of a Git LFS pointer the lines of the pointer: git shows two versions, and one of them may
    be there as a pointer only. Raises DocumentError for a file that is not Parquet.
    """
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(LFS_POINTER):
        yield from head.decode("utf-8", "replace").splitlines()
        return
    batches = guarded(path, lambda: pq.ParquetFile(path).iter_batches(batch_size=1000))
    while (batch := guarded(path, lambda: next(batches, None))) is not None:
        for row in batch.to_pylist():
            yield msgspec.json.encode(_given(row)).decode("utf-8")


def _given(value: Any) -> Any:
    """A value without its nulls, at any depth; empty lists stay, since they say something."""
    if isinstance(value, dict):
        return {key: _given(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_given(part) for part in value]
    return value
