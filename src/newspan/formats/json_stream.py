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
from newspan.files import LFS_POINTER

__all__ = ["json_items"]

CHUNK = 1 << 18
"""Bytes read at a time; a few items of ordinary size."""
TRIES = 8
"""Cuts tried before more is read."""

SPACE = 64
"""Bytes before an item in which the comma that parts it from the last one is looked for."""

_COMMA, _CLOSE = b",]"
_KEY = re.compile(rb'\[\s*(\{\s*"(?:[^"\\]|\\.)*"\s*:\s*)(.)', re.DOTALL)
_KINDS = {b"{": b"{", b"[": b"[", b'"': b'"'}


def json_items(path: Path, decoder: Callable[[Any], list[Any]] | None = None) -> Iterator[Any]:
    """The items of the JSON list in a file, decoded; a file that holds one value is one item.

    `decoder` decodes a list of items, and keeps no reference to the buffer it is given;
    without one, items are plain builtins. Raises
    DocumentError where the file is no JSON or is cut off; items before that place may have
    been yielded already.
    """
    decode = decoder or msgspec.json.decode
    held = bytearray()
    try:
        with path.open("rb") as file:
            held += file.read(CHUNK)
            start = len(held) - len(held.lstrip(b" \t\r\n\xef\xbb\xbf"))
            if held[start : start + 1] != b"[":
                yield from decode(b"[" + held[start:] + file.read() + b"]")
                return
            del held[:start]
            opening = _opening(held)
            while chunk := file.read(CHUNK):
                yield from _first_items(held, opening, decode)
                held += chunk
            yield from decode(held)
    except RecursionError as error:
        raise DocumentError(Fault("is nested too deeply.", "No export is.", path)) from error
    except msgspec.MsgspecError as error:
        raise DocumentError(_fault(path, held, error)) from error
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be read: {error.strerror}.", "Check the path and its rights.", path)
        ) from error


def _fault(path: Path, held: bytearray, error: Exception) -> Fault:
    if held.startswith(LFS_POINTER):
        return Fault("is a Git LFS pointer, not the file.", "Run `git lfs pull`.", path)
    return Fault(f"is not JSON: {error}.", "Fetch or export it again.", path)


def _opening(held: bytearray) -> tuple[bytes, bytes] | None:
    """How the first item begins, which the others will begin with too: its bytes up to the
    value of its first key, and the bytes that such a value can begin with. None where the
    items are no objects."""
    head = _KEY.match(held)
    return None if head is None else (head[1], _KINDS.get(head[2], b"-0123456789tfn"))


def _first_items(
    held: bytearray, opening: tuple[bytes, bytes] | None, decode: Callable[[Any], list[Any]]
) -> list[Any]:
    """The items that are whole, taken out of `held`, which begins with a bracket.

    The comma at a cut is made a closing bracket for the time of decoding, so that nothing
    need be copied.
    """
    if opening is None:
        return []
    words, kinds = opening
    tries, at = 0, held.rfind(words)
    while at > 1 and tries < TRIES:
        before = held[max(0, at - SPACE) : at].rstrip()
        kind = held[at + len(words) : at + len(words) + 1]
        if before.endswith(b",") and kind and kind in kinds:
            tries += 1
            comma = max(0, at - SPACE) + len(before) - 1
            held[comma] = _CLOSE
            try:
                with memoryview(held) as view, view[: comma + 1] as part:
                    found = decode(part)
            except msgspec.DecodeError:
                held[comma] = _COMMA
            else:
                held[: comma + 1] = b"["
                return found
        at = held.rfind(words, 0, at)
    return []
