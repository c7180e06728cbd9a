"""The files of a pull on their way to the disk, while the next ones are made."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

__all__ = ["Staging", "staging"]

_TOGETHER = 100
"""Files that are flushed together; the first of them costs as much as all the others."""


class Staging:
    """A folder that is filled with files, each once; they are flushed behind the writer's back."""

    def __init__(self, folder: Path, flushed: set[Path], behind: ThreadPoolExecutor) -> None:
        self._folder, self._flushed, self._behind = folder, flushed, behind
        self._waiting: list[Path] = []
        self._begun: list[Future[None]] = []

    def write(self, name: str, content: bytes) -> None:
        """Write a file. Raises OSError."""
        path = self._folder / name
        path.write_bytes(content)
        self._waiting.append(path)
        if len(self._waiting) >= _TOGETHER:
            self._begun.append(self._behind.submit(self._flush, self._waiting))
            self._waiting = []

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self._folder / name).unlink(missing_ok=True)

    def finish(self) -> None:
        """Wait for what is being flushed. Raises OSError where a file could not be."""
        for begun in self._begun:
            begun.result()

    def _flush(self, paths: list[Path]) -> None:
        for path in paths:
            with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
                os.fsync(file.fileno())
                self._flushed.add(path)


@contextlib.contextmanager
def staging(folder: Path, flushed: set[Path]) -> Iterator[Staging]:
    """A folder to fill. In `flushed` are, at the end, the files that are on the disk; the last
    few are left to whoever puts the folder in its place."""
    with ThreadPoolExecutor(max_workers=1) as behind:
        staged = Staging(folder, flushed, behind)
        yield staged
        staged.finish()
