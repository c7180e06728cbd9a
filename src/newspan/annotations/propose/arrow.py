"""Proposals as a pure function of Arrow batches, for Spark's `mapInArrow` and its like.

A batch of articles goes in, a batch of documents with nested spans and relations comes out;
one row is one article, so nothing need be shuffled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from newspan.annotations.propose.pipeline import propose
from newspan.corpus.derived import documents_table
from newspan.schema.arrow import article_schema
from newspan.schema.tables import bare_tables, documents, tables

__all__ = ["proposals_schema", "propose_batches"]


def proposals_schema() -> pa.Schema:
    """The schema of the batches that come out: that of the table `documents`."""
    return documents_table(bare_tables(article_schema().empty_table())).schema


def propose_batches(
    batches: Iterable[pa.RecordBatch], model: str | None = None
) -> Iterator[pa.RecordBatch]:
    """Batches of the table `articles` made batches of documents with proposals.

    In Spark: `frame.mapInArrow(propose_batches, schema)`, with `schema` from
    `pyspark.sql.pandas.types.from_arrow_schema(proposals_schema())`. Every column of the table
    must be there.
    """
    for batch in batches:
        if batch.num_rows:
            found = pa.Table.from_batches([batch]).select(article_schema().names)
            articles = documents(bare_tables(found.cast(article_schema())))
            yield from documents_table(tables(propose(articles, model))).to_batches()
