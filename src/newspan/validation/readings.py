"""What reading documents came to: one row a document or annotation, one a fault of it.

The view `readings` is made of these rows. What could be read is checked as tables are; what
could not is a finding of its own, with the article and the region it concerns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from newspan.errors import Fault
from newspan.schema.model import region_of

__all__ = ["READINGS", "fault_rows", "readings_table", "whole_row"]

READINGS = pa.schema(
    {
        "id": pa.string(),
        "article_id": pa.string(),
        "region": pa.string(),
        "problem": pa.string(),
        "start": pa.int64(),
        "end": pa.int64(),
        "text": pa.string(),
        "path": pa.string(),
        "line": pa.int64(),
    }
)
"""Columns of `readings`: the span or article, what is wrong with it (null where nothing is),
the words it stands on, and the file, with the line where lines are documents."""

Place = tuple[int, int, str | None]
"""Start, end and words of a region."""

Row = dict[str, Any]


def whole_row(article: str, path: str, line: int | None = None) -> Row:
    """The row of what was read without a fault."""
    return {"id": article, "article_id": article, "path": path, "line": line}


def fault_rows(
    faults: Sequence[Fault], path: str, places: Mapping[str, Place] | None = None
) -> Iterator[Row]:
    """A row a fault. `places` says where the regions stand that faults name."""
    for fault in faults:
        region = region_of(fault.span_id) if fault.span_id else None
        start, end, text = (places or {}).get(region or "", (None, None, None))
        yield {
            "id": fault.span_id or fault.article_id or path,
            "article_id": fault.article_id,
            "region": region,
            "problem": f"{fault.message} {fault.remedy}".strip(),
            "start": start,
            "end": end,
            "text": text,
            "path": path,
            "line": fault.line,
        }


def readings_table(rows: Iterable[Row]) -> pa.Table:
    """The rows as a table; what a file's name has that is no Unicode becomes an escape."""
    sound = [
        {key: _storable(v) if isinstance(v, str) else v for key, v in row.items()} for row in rows
    ]
    return pa.Table.from_pylist(sound, schema=READINGS)


def _storable(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode("utf-8")
