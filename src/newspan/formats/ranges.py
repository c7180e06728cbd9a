"""Where a big JSON list can be cut into ranges of whole items, without decoding it.

Cuts are found by looking at a few places only, so a hostile list can have them set wrongly.
That does no harm: a wrong cut leaves brackets or quotes open, so the range before it does not
decode. If every range decodes as a list, every cut was right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from newspan.formats.json_stream import item_opening

__all__ = ["list_ranges"]

WINDOW = 1 << 20
"""Bytes looked at for a cut at a time; within an item that is bigger, none is found."""
TRIES = 200
"""Places decoded in a window: more are only in a file that is made to take long."""


def list_ranges(
    path: Path, size: int, is_item: Callable[[dict[str, Any]], bool]
) -> list[tuple[int, int]] | None:
    """Half-open byte ranges of about `size` bytes, each holding items with commas between.

    `is_item` says whether a decoded object can be an item of the list, rather than of a list
    within one. None where the file is no JSON list of objects that begin alike.
    """
    with path.open("rb") as file:
        head = file.read(WINDOW)
        start = len(head) - len(head.lstrip(b" \t\r\n\xef\xbb\xbf"))
        opening = item_opening(head[start:])
        if opening is None:
            return None
        words, kinds = opening
        item = re.compile(rb",\s*(" + re.escape(words) + b"[" + re.escape(kinds) + b"])")
        end = path.stat().st_size
        cuts, at = [start + 1], start + size
        while at < end:
            file.seek(at)
            found = _cut(file.read(2 * WINDOW), item, is_item)
            if found is not None:
                cuts.append(at + found)
            at += WINDOW if found is None else found + size
        file.seek(max(0, end - WINDOW))
        tail = file.read().rstrip()
        if not tail.endswith(b"]"):
            return None
        last = max(0, end - WINDOW) + len(tail) - 1
    return [(a, b - 1) for a, b in zip(cuts, [*cuts[1:], last + 1], strict=True)]


def _cut(
    window: bytes, item: re.Pattern[bytes], is_item: Callable[[dict[str, Any]], bool]
) -> int | None:
    """Where in the window an item begins, one byte behind its comma."""
    decode = json.JSONDecoder().raw_decode
    for match in islice(item.finditer(window, 0, WINDOW), TRIES):
        begun = window[match.start(1) : match.start(1) + WINDOW].decode("utf-8", "replace")
        try:
            found, _ = decode(begun)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and is_item(found):
            return match.start() + 1
    return None
