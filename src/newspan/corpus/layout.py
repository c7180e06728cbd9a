"""Where things are in a folder of tables: `<table>/<split>.parquet` and `index.json`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newspan.schema.model import SPLITS

__all__ = [
    "CANONICAL",
    "DERIVED",
    "ENTITY_SPLIT",
    "INDEX",
    "PHENOMENA",
    "SPLITS",
    "TABLES",
    "table_files",
    "tables_folder",
]

CANONICAL = ("articles", "spans", "relations", "entities")
"""Tables that hold what was annotated."""
DERIVED = ("documents", "quotations", "claims", "places")
"""Tables computed from the canonical ones in the same build."""
ENTITY_SPLIT = "full"
"""The one file of the entities table, which belongs to no split (`all` is reserved)."""
INDEX = "index.json"
PHENOMENA = "phenomena.csv"
"""The index of phenomena, beside the folder of tables."""
TABLES = "tables"
"""Folder below `corpus/` that holds the tables and their index, and nothing else."""


def tables_folder(path: Path) -> Path:
    """The folder that holds the tables: `path`, or the one inside it if it is a checkout."""
    for folder in (path / "corpus" / TABLES, path / TABLES):
        if folder.is_dir():
            return folder
    return path


def table_files(folder: Path, table: str) -> Iterator[tuple[str, Path]]:
    """(split, file) of each file of a table that is there, in the order of the splits."""
    for split in (ENTITY_SPLIT,) if table == "entities" else SPLITS:
        path = folder / table / f"{split}.parquet"
        if path.is_file():
            yield split, path
