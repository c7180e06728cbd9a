"""What a region says, in a few characters: enough to see whether somebody changed it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

__all__ = ["region_sums", "said_of_answer", "said_of_label", "sum_of"]

_LENGTH = 12
"""Characters of a sum; it guards against no attacker, only against chance."""
_SAYING = ("start", "end", "labels", "choices")


def region_sums(results: Iterable[Any]) -> dict[str, str]:
    """Region id to the sum of its place, label and answers; notes and scores do not count.

    What is no result of a region is passed over, so that a hostile reply does no harm.
    """
    said: dict[str, list[bytes]] = {}
    for result in results:
        value = result.get("value") if isinstance(result, dict) else None
        if not isinstance(value, dict) or result.get("id") is None:
            continue
        if result.get("type") == "labels":
            kept = {key: value[key] for key in _SAYING if key in value}
            part = msgspec.json.encode(["span", kept], order="sorted")
        else:
            # Where an answer stands is said by its region; the editor adds it to answers.
            text = None if result.get("type") == "choices" else value.get("text")
            part = said_of_answer(str(result.get("from_name")), value.get("choices"), text)
        said.setdefault(str(result["id"]), []).append(part)
    return {region: sum_of(parts) for region, parts in said.items()}


def said_of_label(label: str, start: int, end: int) -> bytes:
    """What a sound label adds to the sum of its region."""
    return b'["span",{"end":%d,"labels":["%s"],"start":%d}]' % (end, label.encode(), start)


def said_of_answer(name: str, choices: Any, text: Any) -> bytes:
    """What an answer adds to the sum of its region."""
    return msgspec.json.encode([name, [choices, text]], order="sorted")


def sum_of(parts: list[bytes]) -> str:
    """The sum of what is said of a region."""
    return hashlib.sha256(b"\n".join(sorted(parts))).hexdigest()[:_LENGTH]
