"""What the last pull took, so that the next one takes what has changed since.

The file lies beside what was pulled, below `.pulled/`, and may be removed at any time: the
next pull then takes everything. It is written after the files are, and says of each what it
held, so a pull that was cut off, or a file that was changed or removed, is noticed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.project import Project
from newspan.errors import NewspanError
from newspan.files import read_bytes, write_atomically

__all__ = ["Row", "State", "digest", "file_digest", "server_key"]

FOLDER = ".pulled"
"""Folder of these files, below that of the annotation."""


class Row(NamedTuple):
    """A task as the last pull found it."""

    article: str
    updated_at: str
    settled: bool
    """False where something was unfinished or held back: it is looked at every time."""
    sha256: str | None
    """Digest of the file that was written; None where there was none."""


class State(msgspec.Struct):
    """The tasks of one project at the last pull, by number."""

    server: str
    tasks: dict[int, Row] = {}

    @classmethod
    def read(cls, path: Path, server: str) -> State:
        """What was written last; nothing where it is of another project, or unreadable."""
        try:
            found = msgspec.json.decode(read_bytes(path), type=cls)
        except (NewspanError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return cls(server)
        return found if found.server == server else cls(server)

    def write(self, path: Path) -> None:
        """Write it, unless that is what stands there."""
        ordered = State(self.server, dict(sorted(self.tasks.items())))
        content = msgspec.json.format(msgspec.json.encode(ordered), indent=0) + b"\n"
        if not path.is_file() or path.read_bytes() != content:
            write_atomically(path, content)


def server_key(studio: Studio, project: Project) -> str:
    """What tells one project on one server from others, without naming it."""
    return digest(f"{studio.url} {project.id}".encode())[:16]


def digest(content: bytes) -> str:
    """The digest of a file's content."""
    return hashlib.sha256(content).hexdigest()


def file_digest(path: Path) -> str | None:
    """The digest of a file; None where there is none."""
    return digest(path.read_bytes()) if path.is_file() else None
