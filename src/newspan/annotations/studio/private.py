"""A place for what must not stay: owners' words on their way."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["private_folder"]

_PREFIX = "newspan-pull-"


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """A temporary folder that nobody else can read, outside every project; what killed pulls
    left goes with it."""
    base = Path(tempfile.gettempdir())
    for left in base.glob(f"{_PREFIX}*"):
        if (match := re.match(rf"{_PREFIX}(\d+)-", left.name)) and not _lives(int(match[1])):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as folder:
        yield Path(folder)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
