"""Proposals as a pure function of Arrow batches, for Spark's `mapInArrow` and its like.

A batch of articles goes in, a batch of documents with nested spans and relations comes out;
one row is one article, so nothing need be shuffled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from newspan.annotations.propose.pipeline import propose
from newspan.corpus.derived import documents_table
from newspan.schema.arrow import article_schema, relation_schema, span_schema
from newspan.schema.tables import Tables, documents, tables

__all__ = ["proposals_schema", "propose_batches"]


def proposals_schema() -> pa.Schema:
    """The schema of the batches that come out: that of the table `documents`."""
    empty = Tables(*(s.empty_table() for s in (article_schema(), span_schema(), relation_schema())))
    return documents_table(empty).schema


def propose_batches(
    batches: Iterable[pa.RecordBatch], model: str | None = None
) -> Iterator[pa.RecordBatch]:
    """Batches of the table `articles` made batches of documents with proposals.

    In Spark: `frame.mapInArrow(propose_batches, schema)`, with `schema` from
    `pyspark.sql.pandas.types.from_arrow_schema(proposals_schema())`. Columns that an article
    has not may be missing; `id` and `text` may not.
    """
    for batch in batches:
        if batch.num_rows:
            found = pa.Table.from_batches([batch]).select(article_schema().names)
            articles = documents(Tables(found.cast(article_schema()), *_no_annotation()))
            yield from documents_table(tables(propose(articles, model))).to_batches()


def _no_annotation() -> tuple[pa.Table, pa.Table]:
    return span_schema().empty_table(), relation_schema().empty_table()
