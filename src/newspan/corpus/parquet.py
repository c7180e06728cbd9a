"""Moved."""

from newspan.formats.parquet_files import content_digest, parquet_bytes, read_table

__all__ = ["content_digest", "parquet_bytes", "read_table"]
