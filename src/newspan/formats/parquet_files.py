"""Parquet files that are the same bytes for the same rows, and reading them with care."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from newspan.errors import DocumentError, Fault

__all__ = ["content_digest", "parquet_bytes", "read_table"]

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
        compression="zstd",
        compression_level=9,
        write_page_index=True,
        write_page_checksum=True,
        use_content_defined_chunking=True,
        sorting_columns=sorting or None,
        store_schema=True,
    )
    return sink.getvalue()


def content_digest(table: pa.Table) -> str:
    """SHA-256 of the decoded rows and schema; it outlives a change of the Parquet writer."""
    digest = hashlib.sha256(str(table.schema.remove_metadata()).encode())
    sink = io.BytesIO()
    plain = table.replace_schema_metadata(None).combine_chunks()
    fields = [f.remove_metadata() for f in plain.schema]
    plain = plain.cast(pa.schema(fields))
    with pa.ipc.new_stream(sink, plain.schema) as writer:
        writer.write_table(plain)
    digest.update(sink.getvalue())
    return digest.hexdigest()


def read_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The table of a Parquet file, its page checksums verified.

    Raises DocumentError for a file that is missing, cut off, changed on disk, or a Git LFS
    pointer.
    """
    try:
        with path.open("rb") as file:
            head = file.read(24)
        if head.startswith(b"version https://git-lfs"):
            raise DocumentError(
                Fault("is a Git LFS pointer, not Parquet.", "Run `git lfs pull`.", path)
            )
        return pq.read_table(
            path, columns=columns, page_checksum_verification=True, partitioning=None
        )
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise DocumentError(
            Fault(f"cannot be read: {reason}.", "Fetch it again or run `newspan build`.", path)
        ) from error
