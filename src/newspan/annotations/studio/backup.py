"""Where the work goes that a push replaces: into files of their own, before it is deleted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from newspan.errors import Fault, NewspanError
from newspan.files import write_atomically

__all__ = ["backup_folder", "write_backup"]


def backup_folder() -> Path:
    """The user's own folder for backups: outside every corpus, since they hold whole texts."""
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "newspan" / "backups"


def write_backup(folder: Path, project: int, tasks: Sequence[dict[str, Any]]) -> Path:
    """Write tasks of a project to a new file that Label Studio can import; its path.

    Raises NewspanError where it cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be made: {error.strerror}.", "Name another with --backup.", folder)
        ) from error
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    path = folder / f"project-{project}-{moment}.json"
    write_atomically(path, msgspec.json.encode(tasks))
    return path
