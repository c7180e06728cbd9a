"""The items of a big JSON list, one after another, without holding the list.

A list is cut where an item seems to end and the piece is decoded; a wrong cut leaves
brackets or quotes open, so it can never decode, and an earlier one is tried. Items are
thus found at the decoder's own speed, and what comes out is what the JSON says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault, NewspanError

__all__ = ["json_items"]

CHUNK = 1 << 21
"""Bytes read at a time; a few items of ordinary size."""
TRIES = 8
"""Cuts tried before more is read."""

SPACE = 64
"""Bytes before an item in which the comma that parts it from the last one is looked for."""

_KEY = re.compile(rb'\s*(\{\s*"(?:[^"\\]|\\.)*"\s*:\s*)(.)', re.DOTALL)
_KINDS = {b"{": b"{", b"[": b"[", b'"': b'"'}


def json_items(path: Path, decoder: Callable[[bytes], list[Any]] | None = None) -> Iterator[Any]:
    """The items of the JSON list in a file, decoded; a file that holds one value is one item.

    `decoder` decodes a list of items; without one, items are plain builtins. Raises
    DocumentError where the file is no JSON or is cut off; items before that place may have
    been yielded already.
    """
    decode = decoder or msgspec.json.decode
    buffer = b""
    try:
        with path.open("rb") as file:
            buffer = file.read(CHUNK)
            start = len(buffer) - len(buffer.lstrip(b" \t\r\n\xef\xbb\xbf"))
            if buffer[start : start + 1] != b"[":
                yield from decode(b"[" + buffer[start:] + file.read() + b"]")
                return
            buffer = buffer[start + 1 :]
            opening = _opening(buffer)
            while chunk := file.read(CHUNK):
                items, buffer = _first_items(buffer, opening, decode)
                yield from items
                buffer += chunk
            yield from decode(b"[" + buffer)
    except msgspec.MsgspecError as error:
        raise DocumentError(_fault(path, buffer, error)) from error
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be read: {error.strerror}.", "Check the path and its rights.", path)
        ) from error


def _fault(path: Path, buffer: bytes, error: Exception) -> Fault:
    if buffer.startswith(b"version https://git-lfs"):
        return Fault("is a Git LFS pointer, not the file.", "Run `git lfs pull`.", path)
    return Fault(f"is not JSON: {error}.", "Fetch or export it again; it may be cut off.", path)


def _opening(buffer: bytes) -> tuple[bytes, bytes] | None:
    """How the first item begins, which the others will begin with too: its bytes up to the
    value of its first key, and the bytes that such a value can begin with. None where the
    items are no objects."""
    head = _KEY.match(buffer)
    return None if head is None else (head[1], _KINDS.get(head[2], b"-0123456789tfn"))


def _first_items(
    buffer: bytes, opening: tuple[bytes, bytes] | None, decode: Callable[[bytes], list[Any]]
) -> tuple[list[Any], bytes]:
    """(items that are whole, what is left) of a buffer that begins with an item."""
    if opening is None:
        return [], buffer
    words, kinds = opening
    tries, at = 0, buffer.rfind(words)
    while at > 0 and tries < TRIES:
        before = buffer[max(0, at - SPACE) : at].rstrip()
        if before.endswith(b",") and buffer[at + len(words) : at + len(words) + 1] in kinds:
            tries += 1
            try:
                end = at - len(buffer[max(0, at - SPACE) : at]) + len(before) - 1
                return decode(b"[" + buffer[:end] + b"]"), buffer[at:]
            except msgspec.DecodeError:
                pass
        at = buffer.rfind(words, 0, at)
    return [], buffer
