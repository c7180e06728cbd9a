"""How a pulled task is laid out in a file: in a fixed order, for reading and for diffs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from newspan.schema.labelling import controls

__all__ = ["sorted_results", "task_bytes"]

_ORDER = {name: number for number, name in enumerate(["span", *controls()])}


def task_bytes(task: Mapping[str, Any]) -> bytes:
    """A task laid out for reading and for diffs, as `adjudicated/` is."""
    return msgspec.json.format(msgspec.json.encode(task), indent=1) + b"\n"


def sorted_results(results: list[Any]) -> list[Any]:
    """Results by the place of their region, its label before its answers; relations last."""
    starts: dict[str, tuple[int, int]] = {}
    for result in results:
        if isinstance(result, dict) and result.get("type") == "labels":
            value = result.get("value")
            place = [value.get(k) for k in ("start", "end")] if isinstance(value, dict) else []
            starts[str(result.get("id"))] = tuple(  # type: ignore[assignment]
                n if isinstance(n, int) else -1 for n in (*place, -1, -1)[:2]
            )

    def place_of(result: Any) -> tuple[Any, ...]:
        if not isinstance(result, dict):
            return (2, str(result))
        if result.get("type") == "relation":
            return (1, *(str(result.get(k)) for k in ("from_id", "to_id", "labels", "id")))
        region = str(result.get("id"))
        control = _ORDER.get(str(result.get("from_name")), len(_ORDER))
        return (0, *starts.get(region, (-1, -1)), region, control, str(result.get("from_name")))

    return sorted(results, key=place_of)
