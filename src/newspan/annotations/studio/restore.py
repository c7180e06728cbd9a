"""What the server and the editor drop of an annotation, put back when it is pulled.

`tasks.kept_of` writes into `task.meta` what would be lost; `restore` joins it again by region
id and control, and for relations by (from, to, label). What a person deleted stays deleted,
and what the server has now wins over what was kept.

Put back: who made a pushed version; unknown keys of a result, of its value (`hidden` and
`locked` among them) and of a relation, its id and meta too; relations of one pair that
travelled as one with several labels. Taken away: the copies of a region's `meta` and
`parentID` that the editor puts on every answer.

Cannot be put back, and `pull` says so where it can know:

- what was kept of a region or relation that a person deleted and drew again: it is new, and
  has a new id; the same for the arrow of a relation that was turned round;
- what was kept of an answer that a person removed;
- anything, where the record in `task.meta` was removed or damaged, or where an annotation was
  made from a prediction that is no longer on the server (reported);
- what a draft lost that was begun from a prediction: Label Studio does not record from which;
- a whole number as region id, which is text ever after.

Never lost, because `push` refuses it: answers that stand on another layer or on no region,
controls and labels that our configuration has not, relations that end nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newspan.errors import Fault

__all__ = ["restore"]

_SPREAD = ("meta", "parentID")
"""What the editor copies from a region to each of its answers."""
_JOIN = ("from_id", "to_id", "labels")


def restore(
    version: Mapping[str, Any], kept: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Fault]]:
    """The annotation, prediction or draft with what was kept of it, and what is unsound in
    that record. The inverse of `tasks.kept_of` for regions and relations still there."""
    made = dict(version)
    faults: list[Fault] = []
    provenance = kept.get("provenance")
    if isinstance(provenance, dict):
        made["newspan"] = provenance
    results = version.get("result")
    if isinstance(results, list):
        rows = _region_rows(kept.get("regions"), faults)
        arcs = _relation_rows(kept.get("relations"), faults)
        metas = _spread_values(results)
        made["result"] = [
            item for result in results for item in _restored(result, rows, arcs, metas)
        ]
    return made, faults


def _restored(
    result: Any,
    rows: Mapping[tuple[str, str], Mapping[str, Any]],
    arcs: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]],
    metas: Mapping[str, Mapping[str, Any]],
) -> Iterator[Any]:
    if not isinstance(result, dict):
        yield result
    elif result.get("type") == "relation":
        yield from _relations(result, arcs.get(_pair(result), ()))
    else:
        yield _region(result, rows, metas)


def _region(
    result: Mapping[str, Any],
    rows: Mapping[tuple[str, str], Mapping[str, Any]],
    metas: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """A result with the keys it had, without what the editor copied onto it."""
    region = str(result.get("id"))
    made = dict(result)
    if result.get("type") != "labels":
        for key, value in metas.get(region, {}).items():
            if key in made and made[key] == value:
                del made[key]
    row = rows.get((region, str(result.get("from_name"))))
    if row is None:
        return made
    value = made.get("value")
    if isinstance(value, dict) and isinstance(row.get("value"), dict):
        made["value"] = {**row["value"], **value}
    own = row.get("result")
    return {**own, **made} if isinstance(own, dict) else made


def _relations(
    arc: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """A relation taken apart into those it was made of, each with its own keys.

    Labels that no kept relation had stay together, behind the others.
    """
    labels = arc.get("labels")
    left = [*labels] if isinstance(labels, list) else []
    given = left.copy()
    parts = []
    for row in rows:
        own = row.get("labels") or []
        still = [label for label in own if label in given]
        if still or (not own and not given):
            extra = {key: value for key, value in row.items() if key not in _JOIN}
            parts.append({**extra, **arc, **({"labels": still} if still else {})})
            left = [label for label in left if label not in still]
    if left or not parts:
        rest = dict(arc)
        if parts:
            rest["labels"] = left
        parts.append(rest)
    yield from parts


def _pair(arc: Mapping[str, Any]) -> tuple[str, str]:
    """The regions a relation leaves and reaches."""
    head, tail = str(arc.get("from_id")), str(arc.get("to_id"))
    return (tail, head) if arc.get("direction") == "left" else (head, tail)


def _spread_values(results: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """Region id to what the editor copies from it to its answers."""
    return {
        str(result.get("id")): {key: result[key] for key in _SPREAD if key in result}
        for result in results
        if isinstance(result, dict) and result.get("type") == "labels"
    }


def _region_rows(kept: Any, faults: list[Fault]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """(region, control) to what was kept of that result."""
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for region, rows in _items(kept, faults):
        for row in rows if isinstance(rows, list) else [rows]:
            if isinstance(row, dict):
                found[region, str(row.get("from_name"))] = row
            else:
                faults.append(_unsound(region))
    return found


def _items(kept: Any, faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    if isinstance(kept, dict):
        yield from kept.items()
    elif kept is not None:
        faults.append(_unsound(None))


def _relation_rows(
    kept: Any, faults: list[Fault]
) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in kept if isinstance(kept, list) else [] if kept is None else [kept]:
        labels = row.get("labels") if isinstance(row, dict) else 0
        if isinstance(row, dict) and (labels is None or isinstance(labels, list)):
            found.setdefault((str(row.get("from_id")), str(row.get("to_id"))), []).append(row)
        else:
            faults.append(_unsound(None))
    return found


def _unsound(region: str | None) -> Fault:
    return Fault(
        "what was kept of it in the task's meta is damaged, and was not put back.",
        "Compare the annotation with what was pushed.",
        span_id=region,
    )
