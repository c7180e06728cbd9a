"""Replacing a folder whole: at every moment there is the old one or the new one."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from newspan.errors import Fault, NewspanError
from newspan.files import sync_folder

__all__ = ["locked", "replace_folder", "replacing"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold exactly these files (relative path to content), all at once.

    Raises NewspanError, with the old folder untouched, where that cannot be written.
    """
    with replacing(folder) as staged:
        for name, content in files.items():
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


@contextlib.contextmanager
def replacing(folder: Path, flushed: Container[Path] = ()) -> Iterator[Path]:
    """A new folder to fill, which takes the place of `folder` when the block ends well.

    What was written is flushed, but for files that are in `flushed` by then; then the two
    change names in one step. Where `folder` is a link, what it points to is replaced. If the
    block raises, the new folder goes and the old one stays. Raises NewspanError where that
    cannot be written.
    """
    staged: Path | None = None
    try:
        place = folder.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(place)
        if place.exists() and not place.is_dir():
            raise NewspanError(Fault("is a file.", "Name a folder.", folder))
        staged = Path(tempfile.mkdtemp(dir=place.parent, prefix=_prefix(place)))
        yield staged
        _flush(staged, flushed)
        _exchange(staged, place)
        sync_folder(place.parent)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise NewspanError(
            Fault(
                f"cannot be written: {reason}.",
                "Check the folder's rights and the space on the disk.",
                folder,
            )
        ) from error
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one writer. Raises NewspanError while another one works.

    The lock is on the folder itself and goes with the process, however it ends.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be opened: {error.strerror}.", "Check the path.", folder)
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise NewspanError(
            Fault("another build is writing here.", "Wait until it has ended.", folder)
        ) from error
    finally:
        os.close(handle)


_KEPT = "-kept"
_RANDOM = "[a-z0-9_]{8}"
"""What mkdtemp adds to a prefix."""


def _prefix(folder: Path) -> str:
    return f".{folder.name}.newspan-swap-"


def _clear_leftovers(folder: Path) -> None:
    """Remove what a killed build left; bring back the old folder if only that is there."""
    ours = re.compile(f"{re.escape(_prefix(folder))}{_RANDOM}({_KEPT})?")
    leftovers = sorted(p for p in folder.parent.iterdir() if ours.fullmatch(p.name))
    if not folder.exists():
        for leftover in leftovers:
            if leftover.name.endswith(_KEPT):
                leftover.rename(folder)
                break
    for leftover in leftovers:
        shutil.rmtree(leftover, ignore_errors=True)


def _flush(staged: Path, flushed: Container[Path]) -> None:
    """Bring every file and folder to the disk that is not there already."""
    for path in [staged, *staged.glob("**/*")]:
        if path.is_dir():
            path.chmod(0o755)
            sync_folder(path)
        elif path not in flushed:
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _exchange(staged: Path, folder: Path) -> None:
    if not folder.exists():
        staged.rename(folder)
        return
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is not None:
        names = os.fsencode(staged), os.fsencode(folder)
        if renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
            return
    # No exchange on this system: two renames, and _clear_leftovers mends a kill between.
    kept = staged.with_name(f"{staged.name}{_KEPT}")
    folder.rename(kept)
    staged.rename(folder)
    shutil.rmtree(kept, ignore_errors=True)
