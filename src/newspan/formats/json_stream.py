"""The items of a big JSON list, one after another, without holding the list.

A list is cut where an item seems to end and the piece is decoded; a wrong cut leaves
brackets or quotes open, so it can never decode, and an earlier one is tried. Items are
thus found at the decoder's own speed, and what comes out is what the JSON says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import LFS_POINTER

__all__ = ["item_opening", "json_items"]

CHUNK = 1 << 18
"""Bytes read at a time; a few items of ordinary size."""
TRIES = 8
"""Cuts tried before more is read."""

SPACE = 64
"""Bytes before an item in which the comma that parts it from the last one is looked for."""

_COMMA, _CLOSE = b",]"
_KEY = re.compile(rb'\[\s*(\{\s*"(?:[^"\\]|\\.)*"\s*:\s*)(.)', re.DOTALL)
_KINDS = {b"{": b"{", b"[": b"[", b'"': b'"'}


def json_items(
    path: Path,
    decoder: Callable[[Any], list[Any]] | None = None,
    within: tuple[int, int] | None = None,
) -> Iterator[Any]:
    """The items of the JSON list in a file, decoded; a file that holds one value is one item.

    `decoder` decodes a list of items, and keeps no reference to the buffer it is given;
    without one, items are plain builtins. `within` is a range of bytes that holds some items
    of a list with the commas between them (`list_ranges`). Raises DocumentError where the
    file is no JSON or is cut off; items before that place may have been yielded already.
    """
    decode = decoder or msgspec.json.decode
    held = _Held(decode)
    try:
        with path.open("rb", buffering=0) as file:
            if within is not None:
                file.seek(within[0])
                held.append(b"[")
            left = None if within is None else within[1] - within[0]
            first = True
            while read := held.fill(file, left):
                left = None if left is None else left - read
                if first:
                    held.begin()
                elif held.opening is not None:
                    yield from held.first_items()
                first = False
            if within is not None:
                held.append(b"]")
            yield from held.all_items()
    except RecursionError as error:
        raise DocumentError(Fault("is nested too deeply.", "No export is.", path)) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DocumentError(_fault(path, held.start(), error)) from error
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be read: {error.strerror}.", "Check the path and its rights.", path)
        ) from error


def _fault(path: Path, start: bytes, error: Exception) -> Fault:
    if start.startswith(LFS_POINTER):
        return Fault("is a Git LFS pointer, not the file.", "Run `git lfs pull`.", path)
    return Fault(f"is not JSON: {error}.", "Fetch or export it again.", path)


def item_opening(held: bytes | bytearray) -> tuple[bytes, bytes] | None:
    """How the first item of a list begins, which the others will begin with too: its bytes up
    to the value of its first key, and the bytes that such a value can begin with. None where
    the items are no objects."""
    head = _KEY.match(held)
    return None if head is None else (head[1], _KINDS.get(head[2], b"-0123456789tfn"))


class _Held:
    """What has been read of a list and not been decoded: the first bytes of one buffer.

    The buffer stays where it is; memory that is new for every piece costs as much as half
    the decoding.
    """

    def __init__(self, decode: Callable[[Any], list[Any]]) -> None:
        self.opening: tuple[bytes, bytes] | None = None
        self._decode = decode
        self._buffer = bytearray(2 * CHUNK)
        self._used = 0

    def fill(self, file: IO[bytes], left: int | None) -> int:
        """Read some more bytes, at most `left`; how many there were."""
        if self._used + CHUNK > len(self._buffer):
            self._buffer.extend(bytes(len(self._buffer)))
        end = self._used + (CHUNK if left is None else min(CHUNK, left))
        with memoryview(self._buffer) as view, view[self._used : end] as part:
            read: int = file.readinto(part)  # type: ignore[attr-defined]
        self._used += read
        return read

    def append(self, some: bytes) -> None:
        """Put some bytes behind what is held."""
        self._buffer[self._used : self._used + len(some)] = some
        self._used += len(some)

    def begin(self) -> None:
        """Remove what stands before the value, and learn how items begin if it is a list."""
        start = self.start()
        behind = len(start) - len(start.lstrip(b" \t\r\n\xef\xbb\xbf"))
        del self._buffer[:behind]
        self._used -= behind
        self.opening = item_opening(self._buffer[: self._used])

    def start(self) -> bytes:
        """Where the buffer begins, for a look at what it is."""
        return bytes(self._buffer[: min(self._used, CHUNK)])

    def all_items(self) -> list[Any]:
        """All that is held, decoded."""
        with memoryview(self._buffer) as view, view[: self._used] as part:
            if part[:1].tobytes() == b"[":
                return self._decode(part)
            return self._decode(b"[" + bytes(part) + b"]")

    def first_items(self) -> list[Any]:
        """The items that are whole, taken out of what is held.

        The comma at a cut is made a closing bracket for the time of decoding, so that nothing
        need be copied.
        """
        held, (words, kinds) = self._buffer, self.opening or (b"", b"")
        tries, at = 0, held.rfind(words, 0, self._used)
        while at > 1 and tries < TRIES:
            kind = held[at + len(words) : min(at + len(words) + 1, self._used)]
            before = held[max(0, at - SPACE) : at].rstrip() if kind and kind in kinds else b""
            if before.endswith(b","):
                tries += 1
                comma = max(0, at - SPACE) + len(before) - 1
                held[comma] = _CLOSE
                try:
                    with memoryview(held) as view, view[: comma + 1] as part:
                        found = self._decode(part)
                except msgspec.DecodeError:
                    held[comma] = _COMMA
                else:
                    rest = held[comma + 1 : self._used]
                    held[: len(rest) + 1] = b"[" + rest
                    self._used = len(rest) + 1
                    return found
            at = held.rfind(words, 0, at)
        return []
