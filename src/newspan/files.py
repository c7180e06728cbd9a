"""Reading hostile files and writing whole ones."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import yaml

from newspan.errors import DocumentError, Fault, NewspanError, TextError

__all__ = ["read_json", "read_text", "read_yaml", "write_atomically"]

MAX_TEXT_BYTES = 20_000_000
"""No news report is longer; a bigger file is a mistake, and is refused before it is read."""


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """The bytes of a file. Raises NewspanError where it is missing, no file or too big."""
    try:
        size = path.stat().st_size
        if limit is not None and size > limit:
            raise TextError(
                Fault(f"{size:,} bytes; at most {limit:,} are read.", "Split the file.", path)
            )
        return path.read_bytes()
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be read: {error.strerror}.", "Check the path and its rights.", path)
        ) from error


def read_text(path: Path, limit: int | None = MAX_TEXT_BYTES) -> str:
    """The text of a UTF-8 file, with or without a byte-order mark.

    Raises TextError, naming the byte, where it is not UTF-8 or is empty.
    """
    data = read_bytes(path, limit)
    if not data.strip():
        raise TextError(Fault("the file is empty.", "Put the text in, or remove it.", path))
    try:
        return data.decode("utf-8-sig")
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
    if data.startswith(b"version https://git-lfs"):
        raise DocumentError(
            Fault("is a Git LFS pointer, not the file.", "Run `git lfs pull`.", path)
        )
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DocumentError(
            Fault(f"is not JSON: {error}.", "Fetch or export it again; it may be cut off.", path)
        ) from error


def read_yaml(path: Path) -> Any:
    """The value of a YAML file, read without building any object."""
    return parse_yaml(read_text(path), path)


def parse_yaml(text: str, path: Path, first_line: int = 1) -> Any:
    """The value of YAML text; `first_line` is the line of the file it begins on."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + mark.line if mark is not None else first_line
        problem = getattr(error, "problem", None) or str(error)
        raise DocumentError(
            Fault(f"is not YAML: {problem}.", "Mend the line.", path, line=line)
        ) from error


def write_atomically(path: Path, data: bytes | str) -> None:
    """Write a file whole or not at all: temporary file beside it, fsync, rename.

    Raises NewspanError where the place cannot be written.
    """
    payload = data.encode("utf-8") if isinstance(data, str) else data
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(payload)
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
