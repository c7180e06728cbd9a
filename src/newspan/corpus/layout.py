"""Where things are in a corpus folder: `<table>/<split>.parquet` and `index.json`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

__all__ = ["CANONICAL", "DERIVED", "ENTITY_SPLIT", "INDEX", "SPLITS", "table_files"]

CANONICAL = ("articles", "spans", "relations", "entities")
"""Tables that hold what was annotated."""
DERIVED = ("documents", "quotations", "claims", "places")
"""Tables computed from the canonical ones in the same build."""
SPLITS = ("train", "validation", "test")
ENTITY_SPLIT = "all"
"""The one file of the entities table, which belongs to no split."""
INDEX = "index.json"


def table_files(folder: Path, table: str) -> Iterator[tuple[str, Path]]:
    """(split, file) of each file of a table that is there, in the order of the splits."""
    for split in (ENTITY_SPLIT,) if table == "entities" else SPLITS:
        path = folder / table / f"{split}.parquet"
        if path.is_file():
            yield split, path
