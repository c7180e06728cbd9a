"""Keeping the checks of a big corpus within little memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

__all__ = ["lean_memory", "release"]


def release() -> None:
    """Give back what has been freed. Within `lean_memory`, that is what the system holds too."""
    pa.default_memory_pool().release_unused()


@contextmanager
def lean_memory() -> Iterator[None]:
    """Let Arrow take memory from the system itself, so that `release` gives it back.

    Its own allocators keep what was used once, which for tables that are read, joined and
    dropped one after another comes to half as much again.
    """
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)
