"""Parquet: a folder with the canonical tables, `articles`, `spans` and `relations`.

Holds everything a Document has. Articles without a split go to the files of `train`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
import pyarrow.compute as pc

from newspan.errors import DocumentError, Fault
from newspan.formats.loss import LOSABLE
from newspan.formats.passes import one_each
from newspan.schema.arrow import article_schema, relation_schema, span_schema
from newspan.schema.invariants import check
from newspan.schema.model import Document
from newspan.schema.tables import Tables, documents, tables

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset(LOSABLE)


def decode(native: Tables) -> Iterator[Document]:
    """The documents of the tables.

    Raises DocumentError where one breaks the schema or an invariant, or where spans or
    relations are of an article that is not there.
    """
    for name, table, schema in zip(
        Tables._fields, native, (article_schema(), span_schema(), relation_schema()), strict=True
    ):
        if missing := set(schema.names) - set(table.schema.names):
            raise DocumentError(
                Fault(
                    f"the table {name} has no column {', '.join(sorted(missing))}.",
                    "Build it again with this version of newspan.",
                )
            )
    here = pc.unique(native.articles["id"])
    for name, table in (("spans", native.spans), ("relations", native.relations)):
        orphans = table.filter(pc.invert(pc.is_in(table["article_id"], here)))
        if orphans.num_rows:
            raise DocumentError(
                Fault(
                    f"{orphans.num_rows} {name} are of articles that are not there.",
                    "Give all tables of a corpus together.",
                    article_id=str(orphans["article_id"][0]),
                )
            )
    try:
        yield from map(check, documents(native))
    except (msgspec.ValidationError, TypeError) as error:
        raise DocumentError(
            Fault(f"{error}.", "Build the tables again; see the data dictionary.")
        ) from error


def encode(found: Iterable[Document]) -> Tables:
    """The tables of the documents, sorted by article and place.

    Raises DocumentError for a breach of an invariant, and for two annotations of one article.
    """
    return tables(map(check, one_each(found)))
