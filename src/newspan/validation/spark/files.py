"""The gate on Spark: files looked at one by one in many tasks, nothing of them kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from newspan.corpus.layout import CANONICAL
from newspan.validation.corpus_files import (
    DERIVED_WORDS,
    FACTS,
    absent_companions,
    expected_schema,
    look,
    read_index,
    table_files,
)
from newspan.validation.gate import FILE_SPLIT, Gate
from newspan.validation.spark.batch import AT, row_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["canonical_rows", "derived_words", "look_at_files"]

FILE_TASKS = 4
"""Tasks a core, at most, in which files are looked at; each looks at one file after another."""
_FILE_ROWS = 1 << 40
"""More rows than a file has: the places of the next file's rows begin there."""


def look_at_files(session: SparkSession, folder: Path) -> Gate:
    """What the gate finds about the files of a corpus folder; of tables, the counts alone."""
    from pyspark.sql.pandas.types import from_arrow_schema

    index, facts = read_index(folder)
    present = {p.relative_to(folder).as_posix(): p for p in table_files(folder)}
    names = sorted({*present, *(index.files if index else {})})

    def looked_at(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for name in batch["name"].to_pylist():
                row, _ = look(name, present.get(name), index)
                yield from pa.Table.from_pylist([row], schema=FACTS).to_batches()

    if names:
        tasks = min(len(names), FILE_TASKS * session.sparkContext.defaultParallelism)
        asked = session.createDataFrame(pa.table({"name": names})).repartition(tasks)
        looked = asked.mapInArrow(looked_at, from_arrow_schema(FACTS)).toArrow()
        facts += sorted(looked.to_pylist(), key=lambda row: str(row["path"]))
    facts += absent_companions(facts)
    entities = sum(row["rows"] or 0 for row in facts if row["table"] == "entities")
    counted = {"entities": pa.table({"id": pa.nulls(entities, pa.string())})}
    return Gate(folder, pa.Table.from_pylist(facts, schema=FACTS), counted)


def canonical_rows(session: SparkSession, gate: Gate) -> DataFrame:
    """The rows of all canonical tables, each in the column of its table, with AT."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    kinds = {name: from_arrow_schema(row_schema(name)) for name in CANONICAL}
    empty = {name: f.lit(None).cast(kind).alias(name) for name, kind in kinds.items()}
    found = None
    for table, kind in kinds.items():
        splits = _splits(gate, table)
        if not splits:
            continue
        rows = _read(session, gate.folder, table, splits)
        split = f.regexp_replace("_metadata.file_name", r"\.parquet$", "")
        number = f.array_position(f.array(*map(f.lit, splits)), split)
        columns = [
            split.alias(name) if name == FILE_SPLIT else f.col(f"`{name}`") for name in kind.names
        ]
        own = f.struct(*columns).cast(kind).alias(table)
        at = (f.col("_metadata.row_index") + number * f.lit(_FILE_ROWS)).alias(AT)
        part = rows.select(at, *(own if name == table else empty[name] for name in CANONICAL))
        found = part if found is None else found.unionAll(part)
    if found is None:
        raise ValueError("no canonical table has a file")
    return found


def derived_words(session: SparkSession, gate: Gate) -> DataFrame:
    """The rows of derived tables that hold words of their article."""
    from pyspark.sql import functions as f

    kind = "`table` string, id string, origin string, words string"
    found = session.createDataFrame([], kind)
    for table, columns in DERIVED_WORDS.items():
        if splits := _splits(gate, table):
            words = f.coalesce(*(f.col(f"`{name}`") for name in columns))
            rows = _read(session, gate.folder, table, splits).select(
                f.lit(table).alias("table"), "id", "origin", words.alias("words")
            )
            found = found.unionAll(rows.where("words is not null"))
    return found


def _splits(gate: Gate, table: str) -> list[str]:
    """The files of a table that a reader looks for, by their splits, in the order of the gate."""
    return [
        str(file["split"]) for file in gate.files.to_pylist()
        if file["table"] == table and file["misplaced"] is None
    ]  # fmt: skip


def _read(session: SparkSession, folder: Path, table: str, splits: Sequence[str]) -> DataFrame:
    """Files of a table, whose schema the gate has seen to be the model's."""
    from pyspark.sql.pandas.types import from_arrow_schema

    schema = expected_schema(table)
    if schema is None:
        raise ValueError(f"the model has no table {table!r}")
    # Spark takes a path for a pattern.
    literal = re.sub(r"([\[\]{}*?\\])", r"\\\1", str(folder.resolve() / table))
    paths = [f"file://{literal}/{split}.parquet" for split in splits]
    return session.read.schema(from_arrow_schema(schema)).parquet(*paths)
