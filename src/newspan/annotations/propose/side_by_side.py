"""Proposals by several processes, each with the model in its own memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

import msgspec

from newspan.annotations.propose.pipeline import Unread, propose
from newspan.errors import Fault, NewspanError
from newspan.schema.model import Document, Entity

__all__ = ["proposed_side_by_side"]

_CHUNK = 32
"""Articles that a process is given at a time."""

_settings: tuple[str | None, Mapping[str, Entity]] = (None, {})


def proposed_side_by_side(
    documents: Iterable[Document],
    model: str | None,
    entities: Mapping[str, Entity],
    unread: list[Unread],
    workers: int,
) -> Iterator[Document]:
    """As `propose`, in order, made by so many processes.

    Raises NewspanError where one of them was killed.
    """
    # Started afresh: a fork is unsafe beside Arrow's threads.
    context = get_context("spawn")
    with ProcessPoolExecutor(
        min(workers, os.cpu_count() or 1), context, _settle, (model, dict(entities))
    ) as pool:
        waiting: deque[Future[tuple[list[bytes], list[Unread]]]] = deque()
        chunks = _chunks(documents)
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_proposed, chunk))
                if len(waiting) > 2 * workers:
                    yield from _taken(waiting.popleft(), unread)
            while waiting:
                yield from _taken(waiting.popleft(), unread)
        except BrokenProcessPool as error:
            raise NewspanError(
                Fault("a worker was killed, most likely for want of memory.", "Use fewer workers.")
            ) from error


def _taken(
    answer: Future[tuple[list[bytes], list[Unread]]], unread: list[Unread]
) -> Iterator[Document]:  # fmt: skip
    made, skipped = answer.result()
    unread += skipped
    for document in made:
        yield msgspec.msgpack.decode(document, type=Document)


def _chunks(documents: Iterable[Document]) -> Iterator[list[bytes]]:
    iterator = iter(documents)
    while chunk := list(islice(iterator, _CHUNK)):
        yield [msgspec.msgpack.encode(Document(article=d.article)) for d in chunk]


def _settle(model: str | None, entities: Mapping[str, Entity]) -> None:
    """Keep what every chunk needs, in a worker."""
    global _settings
    _settings = (model, entities)


def _proposed(chunk: list[bytes]) -> tuple[list[bytes], list[Unread]]:
    """The documents of a chunk with proposals, in a worker."""
    model, entities = _settings
    skipped: list[Unread] = []
    documents = (msgspec.msgpack.decode(raw, type=Document) for raw in chunk)
    made = propose(documents, model, entities=entities, unread=skipped)
    return [msgspec.msgpack.encode(d) for d in made], skipped
