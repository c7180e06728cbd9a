"""Taking annotation from a project into a folder: all that changed, all at once or not at all.

Without a pass, the one finished annotation of each article goes to `adjudicated/`; with one,
whole tasks go to `passes/NAME/`. A task is taken again when the server changed it, when
somebody has or had a draft on it (a draft moves no time of its task), when something in it
was unfinished, or when the file of a pass is not what was written. What is no longer on the
server is reported; its file stays unless it is to be pruned. At every moment the folder is the
old one or the new one.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Mapping, Set
from pathlib import Path
from typing import Any, NamedTuple

from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.listing import emails, listed_tasks
from newspan.annotations.studio.project import Project
from newspan.annotations.studio.pulled import FOLDER, State, server_key
from newspan.annotations.studio.snapshot import snapshot
from newspan.annotations.studio.staging import Staging, staging
from newspan.annotations.studio.taking import Taking
from newspan.errors import Fault, NewspanError
from newspan.garbage import no_collection
from newspan.schema.model import ADJUDICATED, Article
from newspan.swap import locked, replacing

__all__ = ["Pulled", "pull"]

_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
Progress = Callable[[int], Any]


class Pulled(NamedTuple):
    """What a pull came to; ids are of articles."""

    folder: Path
    written: tuple[str, ...]
    unchanged: int
    """Articles whose file is what the server has."""
    removed: tuple[str, ...]
    held_back: tuple[Fault, ...]
    """Articles with something to take that was not taken, and why."""
    notes: tuple[Fault, ...]
    """What is unfinished, what is gone from the server, what could not be put back."""

    def summary(self) -> str:
        """In words: counts, then what was held back, then what else there is to know."""
        counts = f"{self.folder}: {len(self.written)} written, {self.unchanged} unchanged"
        if self.removed:
            counts += f", {len(self.removed)} removed"
        lines = [counts]
        if self.held_back:
            lines += ["Held back:", *(f"  {fault}" for fault in self.held_back)]
        if self.notes:
            lines += ["To know:", *(f"  {fault}" for fault in self.notes)]
        return "\n".join(lines)


class _Unchanged(Exception):
    """Nothing is to be written."""


def pull(
    studio: Studio,
    project: Project,
    target: Path,
    articles: Mapping[str, Article],
    *,
    pass_name: str | None = None,
    full: bool = False,
    prune: bool = False,
    progress: Progress | None = None,
) -> Pulled:
    """Bring what was annotated in a project into `target`, such as `annotations/`.

    `articles` are those of the corpus; a task of any other is held back. With `full`, what
    the last pull took counts for nothing; with `prune`, files of what is gone go too.
    `progress` is called with the number of tasks looked at. Raises NewspanError, with nothing
    written, where the server fails or the folder cannot be written.
    """
    place = _place(pass_name)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be made: {error.strerror}.", "Check the path and its rights.", target)
        ) from error
    with locked(target):
        state_path = target / FOLDER / f"{place}.json"
        last = State.read(state_path, server_key(studio, project))
        taking = Taking(
            target / place, last, articles, emails(studio).get, whole=pass_name is not None,
            anew=full,
        )  # fmt: skip
        flushed: set[Path] = set()
        with contextlib.suppress(_Unchanged), replacing(taking.folder, flushed) as staged:
            with staging(staged, flushed) as files:
                _take_all(studio, project, taking, files, progress or (lambda _: None))
            taking.find_gone(prune)
            if not taking.written and not taking.removed:
                raise _Unchanged
            _link_rest(taking.folder, staged, taking.removed)
        taking.next.write(state_path)
    return Pulled(
        taking.folder, tuple(sorted(taking.written)), taking.unchanged,
        tuple(sorted(taking.removed)), tuple(taking.held_back), tuple(taking.notes),
    )  # fmt: skip


def _place(pass_name: str | None) -> Path:
    """Where the files go, below the folder of the annotation."""
    if pass_name is None:
        return Path(ADJUDICATED)
    if _NAME.fullmatch(pass_name) is None or len(pass_name) > 80:
        raise NewspanError(
            Fault(f"{pass_name!r} is no name of a pass.", "Use small letters, digits, hyphens.")
        )
    return Path("passes") / pass_name


def _take_all(
    studio: Studio, project: Project, taking: Taking, files: Staging, progress: Progress
) -> None:
    """Look at every task that may have changed; at all of them the first time."""
    chosen = None
    if taking.knows_before:
        chosen = taking.due(listed_tasks(studio, project.id))
        if not chosen:
            return
    with no_collection(), snapshot(studio, project, chosen, taking.decode) as tasks:
        for number, task in enumerate(tasks, start=1):
            taking.take(task, files)
            progress(number)


def _link_rest(folder: Path, staged: Path, removed: Set[str]) -> None:
    """Bring into the new folder what the old one has besides; files are linked, not copied."""
    gone = {f"{name}.json" for name in removed}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        new = staged / path.name
        if path.name in gone or new.exists():
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, new, symlinks=True)
        else:
            try:
                os.link(path, new, follow_symlinks=False)
            except OSError:
                shutil.copy2(path, new, follow_symlinks=False)
