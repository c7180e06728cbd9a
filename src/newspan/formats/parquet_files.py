"""Parquet files that are the same bytes for the same rows, and reading them with care."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from newspan.errors import DocumentError, Fault
from newspan.files import LFS_POINTER

__all__ = ["content_digest", "guarded", "parquet_bytes", "read_schema", "read_table"]

OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "write_page_index": True,
    "write_page_checksum": True,
    "use_content_defined_chunking": True,
    "store_schema": True,
}
"""How all our Parquet is written; the level of compression is the writer's choice."""

ROW_GROUP_BYTES = 100_000_000
"""Uncompressed size a row group aims at (facts of the Hub's viewer: at most 286 MiB)."""


def parquet_bytes(table: pa.Table, sorted_by: Sequence[str] = ()) -> bytes:
    """The table as a Parquet file: zstd 9, page index, page checksums, content-defined
    chunks, one row group per ROW_GROUP_BYTES. Deterministic for one version of pyarrow."""
    sink = io.BytesIO()
    rows = max(1, table.num_rows)
    row_bytes = max(1, table.nbytes // rows)
    sorting = [pq.SortingColumn(table.schema.names.index(name)) for name in sorted_by]
    pq.write_table(
        table.combine_chunks(),
        sink,
        row_group_size=max(1, ROW_GROUP_BYTES // row_bytes),
        compression_level=9,
        sorting_columns=sorting or None,
        **OPTIONS,
    )
    return sink.getvalue()


def content_digest(table: pa.Table) -> str:
    """SHA-256 of the rows and column types; it outlives a change of the Parquet writer.

    What is hashed is what the rows mean: how Arrow lays out nulls, offsets and chunks, and
    metadata, make no difference.
    """
    digest = hashlib.sha256()
    for name in table.schema.names:
        digest.update(f"{name}\0".encode())
        _hash(table[name].combine_chunks(), digest)
    return digest.hexdigest()


def _hash(array: pa.Array, digest: hashlib._Hash) -> None:
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    kind = array.type
    digest.update(f"{kind.id} {len(array)}\0".encode())
    digest.update(np.packbits(array.is_valid().to_numpy(zero_copy_only=False)).tobytes())
    if pa.types.is_struct(kind):
        for field, values in zip(kind, array.flatten(), strict=True):
            digest.update(f"{field.name}\0".encode())
            _hash(values, digest)
    elif pa.types.is_list(kind):
        _hash_numbers(pc.fill_null(pc.list_value_length(array), 0), digest)
        _hash(array.flatten(), digest)
    elif pa.types.is_string(kind):
        _hash_numbers(pc.fill_null(pc.binary_length(array), 0), digest)
        dense = array.drop_null()
        _, offsets, data = dense.buffers()
        if data is not None:
            ends = np.frombuffer(offsets, np.int32)[dense.offset : dense.offset + len(dense) + 1]
            digest.update(memoryview(data)[int(ends[0]) : int(ends[-1])])
    elif pa.types.is_timestamp(kind):
        digest.update(f"{kind}\0".encode())
        _hash_numbers(pc.fill_null(array.cast(pa.int64()), 0), digest)
    elif pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        _hash(array.cast(pa.string()), digest)
    elif pa.types.is_primitive(kind) and not pa.types.is_decimal(kind):
        _hash_numbers(pc.fill_null(array, False if pa.types.is_boolean(kind) else 0), digest)
    else:  # what no table of ours has, but one by another writer may
        digest.update(repr(array.to_pylist()).encode("utf-8", "backslashreplace"))


def _hash_numbers(array: pa.Array, digest: hashlib._Hash) -> None:
    digest.update(np.ascontiguousarray(array.to_numpy(zero_copy_only=False)).tobytes())


def read_schema(path: Path) -> pa.Schema:
    """The Arrow schema of a Parquet file. Raises DocumentError as `read_table` does."""
    return guarded(path, lambda: pq.read_schema(path))


def read_table(
    path: Path, columns: Sequence[str] | None = None, dictionaries: Sequence[str] = ()
) -> pa.Table:
    """The table of a Parquet file, its page checksums verified.

    The string columns named in `dictionaries` (dotted paths) come as dictionary arrays where
    that can be, which is faster to read. Raises DocumentError for a file that is missing,
    cut off, changed on disk, or a Git LFS pointer.
    """

    def read(names: Sequence[str]) -> pa.Table:
        return pq.read_table(
            path,
            columns=columns,
            page_checksum_verification=True,
            partitioning=None,
            read_dictionary=list(names),
        )

    def either() -> pa.Table:
        try:
            return read(dictionaries)
        except pa.ArrowNotImplementedError:
            return read(())

    return guarded(path, either)


def guarded(path: Path, read: Callable[[], Any]) -> Any:
    """What `read` returns. Raises DocumentError, naming the file, where it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(24)
        if head.startswith(LFS_POINTER):
            raise DocumentError(
                Fault("is a Git LFS pointer, not Parquet.", "Run `git lfs pull`.", path)
            )
        return read()
    except DocumentError:
        raise
    except (OSError, ValueError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise DocumentError(
            Fault(f"cannot be read: {reason}.", "Fetch it again or run `newspan build`.", path)
        ) from error
