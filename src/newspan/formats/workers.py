"""The tables of a big Label Studio export, made by this process and others side by side.

Ranges of the file are made into tables by whoever is free, and come out in their order. The
others are programs of their own: a fork would be unsafe beside Arrow's threads, and
`multiprocessing` would run the caller's main module once more. They answer through files,
which are mapped into memory rather than copied. Where one fails, this process does its
ranges, and meets what it met.
"""

from __future__ import annotations

import gc
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

import pyarrow as pa

from newspan.formats.json_stream import json_items
from newspan.formats.label_studio.columns import Batch
from newspan.formats.label_studio.typed import task_decoder
from newspan.schema.tables import Tables

__all__ = ["range_tables", "usable_workers"]

Range = tuple[int, int]

TOLD = 2
"""Ranges that a worker has before it, so that it need not wait for the next."""
MADE = 4
"""Tables that may wait for earlier ones; then this process waits too, to spare memory."""
MOST = 3
"""Workers at most: more would outrun the one thread that writes."""


def usable_workers() -> int:
    """How many workers are of use on this machine, besides this process."""
    if os.name != "posix":
        return 0
    return min(MOST, (os.cpu_count() or 1) - 1)


def range_tables(path: Path, ranges: Sequence[Range], workers: int) -> Iterator[Tables]:
    """The tables of each range of an export, in their order.

    Raises what `Batch.tables` raises, and DocumentError where a range is not JSON.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="newspan-"))
        started = [stack.enter_context(_Worker(path, Path(folder))) for _ in range(workers)]
        untold = iter(enumerate(ranges))
        for worker in started * TOLD:
            worker.tell(next(untold, None))
        made: dict[int, Tables] = {}
        for wanted in range(len(ranges)):
            owner = next((w for w in started if wanted in w.told), None)
            while wanted not in made:
                mine = None
                if owner is None or not (owner.has_answered() or len(made) >= MADE):
                    mine = next(untold, None)
                if mine is not None:
                    made[mine[0]] = _tables(path, mine[1])
                elif owner is not None:
                    made[wanted] = owner.answer(wanted) or _tables(path, ranges[wanted])
                    owner.tell(next(untold, None))
            yield made.pop(wanted)


def _tables(path: Path, within: Range) -> Tables:
    batch = Batch()
    for task in json_items(path, task_decoder, within):
        batch.add(task)
    return batch.tables(path)


class _Worker:
    """Another process, with the numbers of the ranges it has been told."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.told: list[int] = []
        self._folder = folder
        self._process = subprocess.Popen(  # noqa: S603 -- this program, and paths as arguments
            [sys.executable, "-P", "-m", __name__, path, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"},  # gives back what is free
        )
        self._to: IO[bytes] = self._process.stdin  # type: ignore[assignment]
        self._from: IO[bytes] = self._process.stdout  # type: ignore[assignment]

    def tell(self, told: tuple[int, Range] | None) -> None:
        """Give it one more range to do, if there is one."""
        if told is not None:
            number, (start, end) = told
            self.told.append(number)
            with suppress(BrokenPipeError):  # it has failed: `answer` will say so
                self._to.write(b"%d %d %d\n" % (number, start, end))

    def has_answered(self) -> bool:
        """Whether `answer` would not wait."""
        return bool(select.select([self._from], [], [], 0)[0])

    def answer(self, number: int) -> Tables | None:
        """The tables of the first range it was told and has not answered, None if it failed."""
        self.told.remove(number)
        if self._from.read(1) != b"\n":
            return None
        file = self._folder / str(number)
        with pa.memory_map(str(file)) as mapped:
            file.unlink()
            return Tables(*(pa.ipc.open_stream(mapped).read_all() for _ in Tables._fields))

    def __enter__(self) -> _Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._to.close()
        self._from.close()
        self._process.wait()


def main() -> None:
    """Do the ranges told on standard input; a line on standard output for each one done."""
    gc.disable()  # what is decoded holds no cycles
    sys.meta_path.insert(0, _NoPandas())
    path, folder = map(Path, sys.argv[1:])
    for line in sys.stdin:
        number, start, end = map(int, line.split())
        made = _tables(path, (start, end))
        with (folder / str(number)).open("wb") as file:
            for table in made:
                with pa.ipc.new_stream(file, table.schema) as stream:
                    stream.write_table(table)
        os.write(sys.stdout.fileno(), b"\n")


class _NoPandas:
    """Keeps Arrow from importing pandas, which it tries for every list it is given."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


if __name__ == "__main__":
    main()
