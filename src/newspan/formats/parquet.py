"""Parquet: a folder with the canonical tables, `articles`, `spans` and `relations`.

Holds everything a Document has. Articles without a split go to the files of `train`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newspan.schema.invariants import check
from newspan.schema.model import Document
from newspan.schema.tables import Tables, documents, tables

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset(
    {"article", "discontinuous", "nested", "note", "provenance", "relations", "score", "standoff"}
)


def decode(native: Tables) -> Iterator[Document]:
    """The documents of the tables. Raises DocumentError where one breaks an invariant."""
    return map(check, documents(native))


def encode(found: Iterable[Document]) -> Tables:
    """The tables of the documents, sorted by article and place."""
    return tables(map(check, found))
