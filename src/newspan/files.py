"""Reading hostile files and writing whole ones."""

from __future__ import annotations

import codecs
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault, NewspanError, TextError

__all__ = [
    "is_there", "read_json", "read_lines", "read_text", "refuse_irregular", "write_atomically",
    "write_chunks",
]  # fmt: skip

MAX_TEXT_BYTES = 20_000_000
"""No news report is longer; a bigger file is a mistake, and is refused before it is read."""


LFS_POINTER = b"version https://git-lfs"
"""How a file begins that Git LFS has not fetched."""


def is_there(path: Path) -> bool:
    """Whether a folder has an entry of this name, were it a link that leads nowhere."""
    return path.is_symlink() or path.exists()


def refuse_irregular(path: Path) -> None:
    """Raise NewspanError where an entry is no regular file, nor a link to one.

    To read a pipe or a device may never end.
    """
    if is_there(path) and not path.is_file():
        raise NewspanError(
            Fault("is no regular file.", "Put the file itself there, or remove it.", path)
        )


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """The bytes of a file. Raises NewspanError where it is missing, no file or too big."""
    try:
        with path.open("rb") as file:
            data = file.read() if limit is None else file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise NewspanError(
            Fault(f"cannot be read: {reason}.", "Check the path and its rights.", path)
        ) from error
    if limit is not None and len(data) > limit:
        raise TextError(
            Fault(f"it is too big; at most {limit:,} are read.", "Split the file.", path)
        )
    return data


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, one at a time."""
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be read: {error.strerror}.", "Check the path.", path)
        ) from error


def read_text(path: Path, limit: int | None = MAX_TEXT_BYTES) -> str:
    """The text of a UTF-8 file, with or without a byte-order mark.

    Raises TextError, naming the byte, where it is not UTF-8 or is empty.
    """
    data = read_bytes(path, limit)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise TextError(Fault("the file is empty.", "Put the text in, or remove it.", path))
    try:
        # Not the codec utf-8-sig: its errors count bytes from behind the mark.
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TextError(
            Fault(
                f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8.",
                "Convert the file from its own encoding to UTF-8.",
                path,
                line=line,
            )
        ) from error


def read_json(path: Path) -> Any:
    """The value of a JSON file. Raises DocumentError where it is broken or cut off."""
    data = read_bytes(path)
    if data.startswith(LFS_POINTER):
        raise DocumentError(
            Fault("is a Git LFS pointer, not the file.", "Run `git lfs pull`.", path)
        )
    try:
        return msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DocumentError(
            Fault(f"is not JSON: {error}.", "Fetch or export it again; it may be cut off.", path)
        ) from error
    except RecursionError as error:
        raise DocumentError(
            Fault("is nested too deeply.", "No file of ours is; export it again.", path)
        ) from error


def write_atomically(path: Path, data: bytes | str) -> None:
    """Write a file whole or not at all: temporary file beside it, fsync, rename.

    Raises NewspanError where the place cannot be written.
    """
    try:
        payload = data.encode("utf-8") if isinstance(data, str) else data
    except UnicodeEncodeError as error:
        raise TextError(
            Fault(f"character {error.start} is a lone surrogate.", "Mend the text.", path)
        ) from error
    write_chunks((payload,), path)


def write_chunks(chunks: Iterable[bytes], path: Path) -> None:
    """Write a stream of bytes to a file that appears when it is whole, as above."""
    temporary: str | None = None
    try:
        path = path.resolve()  # through a link: what it points to is replaced, not the link
        if path.exists() and not path.is_file():
            raise NewspanError(Fault("is no regular file.", "Name another file.", path))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be written: {error.strerror}.", "Check the folder's rights.", path)
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
