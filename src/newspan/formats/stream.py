"""Big Label Studio exports to Parquet: a stream of batches, in little memory.

Tasks are read, checked and turned into columns by this process and, where the file is big,
by others beside it; this one compresses and writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from newspan.errors import DocumentError, Fault
from newspan.formats.files_io import refuse_other_folder
from newspan.formats.json_stream import json_items
from newspan.formats.label_studio.columns import Batch, UnsoundBatch
from newspan.formats.label_studio.typed import task_decoder
from newspan.formats.parquet_files import OPTIONS
from newspan.formats.ranges import list_ranges
from newspan.formats.workers import range_tables, usable_workers
from newspan.garbage import no_collection
from newspan.schema.tables import Tables
from newspan.swap import replacing

__all__ = ["SeveralPasses", "stream_label_studio"]

BATCH = 250
"""Tasks turned into columns at a time."""
RANGE = 10_000_000
"""Bytes of the file turned into columns at a time where workers do it."""
BIG = 8 * RANGE
"""Size from which starting a worker pays."""
ROW_GROUP = 350
"""Tasks a row group, at least: some 12 MB of columns, which is what memory is spent on."""
STREAM_OPTIONS = {**OPTIONS, "compression_level": 1, "use_content_defined_chunking": False}
"""A stream is written once and built from, so speed goes before what helps storing versions;
for columns like ours the lowest level of zstd gives files as small as the higher ones."""

_NEARLY_UNIQUE = {"id", "text", "head", "tail"}
"""Columns whose values seldom come twice: a dictionary of them makes the file larger."""


class SeveralPasses(DocumentError):
    """An article has several annotations, where one was asked for."""


def stream_label_studio(
    source: Path, target: Path, *, single: bool = False
) -> tuple[int, int, int]:
    """Write the canonical tables of an export; how many documents, spans and relations.

    `target` appears, or changes, when all is written. Articles stay in the order of the
    export. Raises DocumentError at the first annotation with a fault, and SeveralPasses
    where `single` is set and an article has two annotations; then nothing is written.
    """
    refuse_other_folder(target)
    ranges = _ranges(source)
    if ranges:
        try:
            parts = range_tables(source, ranges, usable_workers())
            return _stream(source, target, parts, single)
        except SeveralPasses:
            raise
        except (UnsoundBatch, DocumentError):
            pass  # a range cut at the wrong place, or a fault: from the beginning it shows which
    try:
        return _stream(source, target, _batches(source, Batch), single)
    except UnsoundBatch:
        return _stream(source, target, _batches(source, _SlowBatch), single)


def _ranges(source: Path) -> list[tuple[int, int]] | None:
    try:
        if source.stat().st_size < BIG or not usable_workers():
            return None
        return list_ranges(source, RANGE, lambda item: "data" in item)
    except OSError:
        return None  # who reads the file will say why


def _batches(source: Path, kind: type[Batch]) -> Iterator[Tables]:
    batch = kind()
    for task in json_items(source, task_decoder):
        batch.add(task)
        if len(batch) == BATCH:
            yield batch.tables(source)
            batch = kind()
    yield batch.tables(source)


def _stream(
    source: Path, target: Path, parts: Iterable[Tables], single: bool
) -> tuple[int, int, int]:
    articles: list[pa.ChunkedArray] = []
    with replacing(target) as staged, no_collection(), _Writer(staged) as writer:
        for part in parts:
            articles += [part.articles["id"]] if single else []
            writer.put(part)
        ids = pa.chunked_array([chunk for ids in articles for chunk in ids.chunks], pa.string())
        if pc.count_distinct(ids).as_py() < len(ids):
            raise SeveralPasses(Fault("holds two annotations of an article.", "", source))
        if not writer.counted[0]:
            raise DocumentError(Fault("holds no documents.", "Nothing was written.", source))
    return writer.counted[0], writer.counted[1], writer.counted[2]


class _SlowBatch(Batch):
    """A batch whose tasks all go the slow road, which says what is wrong with one."""

    def add(self, task: Any) -> None:
        self._slow.append(task)


class _Writer:
    """Writes tables by split, in row groups."""

    def __init__(self, folder: Path) -> None:
        self.counted = [0, 0, 0]
        self._folder = folder
        self._held: list[Tables] = []
        self._open: dict[tuple[str, str], pq.ParquetWriter] = {}
        self._files = ExitStack()

    def put(self, part: Tables) -> None:
        """Take in some tables, and write what makes a row group.

        On no thread of its own: it would take turns with the interpreter of those who
        decode, and slow them down by more than it spares.
        """
        for number, table in enumerate(part):
            self.counted[number] += table.num_rows
        self._held.append(part)
        if sum(held.articles.num_rows for held in self._held) >= ROW_GROUP:
            self._write()

    def _write(self) -> None:
        if not self._held:
            return
        group = Tables(*(pa.concat_tables(column) for column in zip(*self._held, strict=True)))
        self._held = []
        splits = pc.fill_null(group.articles["split"], "train")
        for split in pc.unique(splits).to_pylist():
            for name, table in zip(Tables._fields, _of_split(group, splits, split), strict=True):
                if table.num_rows:
                    self._writer(name, split, table.schema).write_table(table)

    def _writer(self, name: str, split: str, schema: pa.Schema) -> pq.ParquetWriter:
        if (name, split) not in self._open:
            path = self._folder / name / f"{split}.parquet"
            path.parent.mkdir(exist_ok=True)
            writer = pq.ParquetWriter(path, schema, **STREAM_OPTIONS, **_encoding(schema))
            self._open[name, split] = self._files.enter_context(writer)
        return self._open[name, split]

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._files:
            if kind is None:
                self._write()


def _encoding(schema: pa.Schema) -> dict[str, list[str]]:
    """Dictionaries and statistics only where they are of use, since both take time.

    Statistics let a reader leave row groups out, which nobody does by the attribute of a layer.
    """
    own = [f.name for f in schema if not pa.types.is_nested(f.type)]
    structs = [f for f in schema if pa.types.is_struct(f.type)]
    attributes = [f"{f.name}.{child.name}" for f in structs for child in f.type]
    return {
        "use_dictionary": [name for name in own + attributes if name not in _NEARLY_UNIQUE],
        "write_statistics": own,
    }


def _of_split(group: Tables, splits: pa.Array, split: str) -> Tables:
    chosen = pc.equal(splits, split)
    if pc.all(chosen).as_py():
        return group
    articles = group.articles.filter(chosen)
    ids = articles["id"].combine_chunks()
    return Tables(
        articles,
        *(t.filter(pc.is_in(t["article_id"], ids)) for t in (group.spans, group.relations)),
    )
