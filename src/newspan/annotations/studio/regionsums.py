"""What a region says, in a few characters: enough to see whether somebody changed it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

__all__ = ["region_sums"]

_LENGTH = 12
"""Characters of a sum; it guards against no attacker, only against chance."""
_SAYING = ("start", "end", "labels", "choices")


def region_sums(results: Iterable[Any]) -> dict[str, str]:
    """Region id to the sum of its place, label and answers; notes and scores do not count.

    What is no result of a region is passed over, so that a hostile reply does no harm.
    """
    said: dict[str, list[Any]] = {}
    for result in results:
        value = result.get("value") if isinstance(result, dict) else None
        if not isinstance(value, dict) or result.get("id") is None:
            continue
        kept = {key: value[key] for key in _SAYING if key in value}
        if result.get("type") == "labels":
            said.setdefault(str(result["id"]), []).append(["span", kept])
        else:
            # Where an answer stands is said by its region; the editor adds it to answers.
            answer = [kept.get("choices"), value.get("text")]
            if result.get("type") == "choices":
                answer[1] = None
            said.setdefault(str(result["id"]), []).append([str(result.get("from_name")), answer])
    return {region: _sum(parts) for region, parts in said.items()}


def _sum(parts: list[Any]) -> str:
    encoded = sorted(msgspec.json.encode(part, order="sorted") for part in parts)
    return hashlib.sha256(b"\n".join(encoded)).hexdigest()[:_LENGTH]
