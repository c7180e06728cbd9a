"""The gate on Spark: each file looked at in a task of its own, nothing of it kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from newspan.corpus.layout import CANONICAL
from newspan.validation.gate import (
    _FACTS,
    FILE_SPLIT,
    Gate,
    _absent_companions,
    _found,
    _look,
    _read_index,
)
from newspan.validation.spark.batch import AT, row_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["canonical_rows", "look_at_files", "read_file"]

_FILE_ROWS = 1 << 40
"""More rows than a file has: the places of the next file's rows begin there."""


def look_at_files(session: SparkSession, folder: Path) -> Gate:
    """What the gate finds about the files of a corpus folder; of tables, the counts alone."""
    from pyspark.sql.pandas.types import from_arrow_schema

    index, facts = _read_index(folder)
    present = {p.relative_to(folder).as_posix(): p for p in _found(folder)}
    names = sorted({*present, *(index.files if index else {})})

    def look(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for name in batch["name"].to_pylist():
                row, _ = _look(name, present.get(name), index)
                yield from pa.Table.from_pylist([row], schema=_FACTS).to_batches()

    if names:
        asked = session.createDataFrame(pa.table({"name": names})).repartition(len(names))
        looked = asked.mapInArrow(look, from_arrow_schema(_FACTS)).toArrow()
        facts += sorted(looked.to_pylist(), key=lambda row: str(row["path"]))
    facts += _absent_companions({str(row["path"]) for row in facts})
    entities = sum(row["rows"] or 0 for row in facts if row["table"] == "entities")
    counted = {"entities": pa.table({"id": pa.nulls(entities, pa.string())})}
    return Gate(folder, pa.Table.from_pylist(facts, schema=_FACTS), counted)


def read_file(session: SparkSession, folder: Path, name: str) -> DataFrame:
    """A Parquet file of a corpus folder."""
    # Spark takes a path for a pattern.
    literal = re.sub(r"([\[\]{}*?\\])", r"\\\1", str(folder.resolve() / name))
    return session.read.parquet(f"file://{literal}")


def canonical_rows(session: SparkSession, gate: Gate) -> DataFrame:
    """The rows of all canonical tables, each in the column of its table, with AT."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    kinds = {name: from_arrow_schema(row_schema(name)) for name in CANONICAL}
    empty = {name: f.lit(None).cast(kind).alias(name) for name, kind in kinds.items()}
    found = None
    for number, file in enumerate(gate.files.to_pylist()):
        table = file["table"]
        if table not in CANONICAL or file["misplaced"] is not None:
            continue
        rows = read_file(session, gate.folder, file["path"])
        columns = [
            f.lit(file["split"]) if name == FILE_SPLIT else f.col(f"`{name}`")
            for name in kinds[table].names
        ]
        own = f.struct(*columns).cast(kinds[table]).alias(table)
        at = (f.col("_metadata.row_index") + f.lit(number * _FILE_ROWS)).alias(AT)
        part = rows.select(at, *(own if name == table else empty[name] for name in CANONICAL))
        found = part if found is None else found.unionAll(part)
    if found is None:
        raise ValueError("no canonical table has a file")
    return found
