"""Big Label Studio exports to Parquet: a stream of batches, in little memory.

Tasks are read, checked and turned into columns on one thread while another compresses and
writes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
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
from newspan.schema.tables import Tables
from newspan.swap import replacing

__all__ = ["stream_label_studio"]

BATCH = 250
"""Tasks turned into columns at a time."""
ROW_GROUP = 1_000
"""Tasks a row group: some 25 MB of columns, which is what memory is spent on."""
LEVEL = 3
"""Level of zstd: a stream is written once and built from, so speed goes before size."""


def stream_label_studio(source: Path, target: Path) -> tuple[int, int, int]:
    """Write the canonical tables of an export; how many documents, spans and relations.

    `target` appears, or changes, when all is written. Articles stay in the order of the
    export. Raises DocumentError at the first annotation with a fault; then nothing is
    written.
    """
    refuse_other_folder(target)
    try:
        return _stream(source, target, Batch)
    except UnsoundBatch:
        return _stream(source, target, _SlowBatch)


def _stream(source: Path, target: Path, kind: type[Batch]) -> tuple[int, int, int]:
    with replacing(target) as staged, _no_collection(), _Writer(staged, source) as writer:
        batch = kind()
        for task in json_items(source, task_decoder):
            batch.add(task)
            if len(batch) == BATCH:
                writer.put(batch)
                batch = kind()
        writer.put(batch)
        if not writer.counted[0]:
            raise DocumentError(Fault("holds no documents.", "Nothing was written.", source))
    return writer.counted[0], writer.counted[1], writer.counted[2]


class _SlowBatch(Batch):
    """A batch whose tasks all go the slow road, which says what is wrong with one."""

    def add(self, task: Any) -> None:
        self._slow.append(task)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without cyclic garbage collection: what is decoded holds no cycles, and walking over
    it again and again costs more than the work itself."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Writer:
    """Puts batches together and writes them by split, in row groups, on another thread."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.counted = [0, 0, 0]
        self._folder = folder
        self._source = source
        self._held: list[Tables] = []
        self._open: dict[tuple[str, str], pq.ParquetWriter] = {}
        self._files = ExitStack()
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def put(self, batch: Batch) -> None:
        """Take in a batch. Raises what writing an earlier one raised."""
        made = batch.tables(self._source)
        for number, table in enumerate(made):
            self.counted[number] += table.num_rows
        self._held.append(made)
        if sum(part.articles.num_rows for part in self._held) >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        """Hand what is held to the writing thread, when it has done what it had before.

        Only that is worth a thread: compressing leaves the interpreter alone for long, while
        steps that keep asking for it would hold up both threads.
        """
        self._wait()
        self._last = self._thread.submit(self._write, self._held)
        self._held = []

    def _wait(self) -> None:
        if self._last is not None:
            self._last.result()

    def _write(self, parts: list[Tables]) -> None:
        if not parts:
            return
        group = Tables(*(pa.concat_tables(column) for column in zip(*parts, strict=True)))
        splits = pc.fill_null(group.articles["split"], "train")
        for split in pc.unique(splits).to_pylist():
            for name, table in zip(Tables._fields, _of_split(group, splits, split), strict=True):
                if table.num_rows:
                    self._writer(name, split, table.schema).write_table(table)

    def _writer(self, name: str, split: str, schema: pa.Schema) -> pq.ParquetWriter:
        if (name, split) not in self._open:
            path = self._folder / name / f"{split}.parquet"
            path.parent.mkdir(exist_ok=True)
            writer = pq.ParquetWriter(path, schema, compression_level=LEVEL, **OPTIONS)
            self._open[name, split] = self._files.enter_context(writer)
        return self._open[name, split]

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._flush()
                self._wait()
        finally:
            self._thread.shutdown()
            self._files.close()


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
