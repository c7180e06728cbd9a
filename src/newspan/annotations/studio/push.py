"""Bringing articles into a project: each once, whole, and without harm to anybody's work.

The key is `data.article_id`. What is there already and the same is left alone; what is there
and differs is refused, or replaced on demand, after all work on it was written to a backup.
Label Studio on SQLite answers 201 to an import whose annotations it has dropped, and a killed
client leaves an import whose answer nobody saw: so the counts in every answer are compared
with what was sent, the project is listed again where they differ, and tasks that are there in
part or twice are mended (`stock`).

What cannot be excluded: an import that the server is still busy with when a push ends, its
answer lost, comes in later. The next push finds such second copies and removes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from newspan.annotations.studio.backup import backup_folder
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.project import Project
from newspan.annotations.studio.pushing import Progress, Pushed, Pushing
from newspan.annotations.studio.tasks import Kind, Parcel, parcels
from newspan.schema.model import Document

__all__ = ["BATCH", "Pushed", "push", "push_parcels"]

BATCH = 100
"""Articles in one import."""
_MOST_BYTES = 16_000_000
"""Bytes in one import, unless one article has more: the server needs twenty times that."""


def push(
    studio: Studio,
    project: Project,
    documents: Iterable[Document],
    kind: Kind = "bare",
    *,
    replace: bool = False,
    backup: Path | None = None,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> Pushed:
    """Bring the articles of documents into a project; passes of one article are adjacent.

    `progress` is called with the number of articles settled; `backup` is the folder for what
    `replace` removes. Raises DocumentError where a document would break Label Studio or its
    editor, NewspanError where the server fails; what was pushed until then is whole, and the
    next push goes on from there.
    """
    made = parcels(documents, kind, project.config)
    return push_parcels(
        studio, project, made, replace=replace, backup=backup, batch=batch, progress=progress
    )


def push_parcels(
    studio: Studio,
    project: Project,
    articles: Iterable[Parcel],
    *,
    replace: bool = False,
    backup: Path | None = None,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> Pushed:
    """The same for articles that are made up already."""
    work = Pushing(studio, project, backup or backup_folder() if replace else None, progress)
    waiting: list[Parcel] = []
    for chunk in _ahead(_chunks(articles, batch)):
        waiting += work.choose(chunk)
        while len(waiting) >= batch:
            work.send(waiting[:batch])
            waiting = waiting[batch:]
    if waiting:
        work.send(waiting)
    return work.finish()


def _chunks(articles: Iterable[Parcel], batch: int) -> Iterator[list[Parcel]]:
    chunk: list[Parcel] = []
    size = 0
    for parcel in articles:
        length = len(parcel.body or b"")
        if chunk and (len(chunk) == batch or size + length > _MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(parcel)
        size += length
    if chunk:
        yield chunk


def _ahead(chunks: Iterator[list[Parcel]]) -> Iterator[list[Parcel]]:
    """The chunks, the next one in the making while the server works on this one."""
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(next, chunks, None)
        while (chunk := pending.result()) is not None:
            pending = pool.submit(next, chunks, None)
            yield chunk
