"""A pulled task as it is kept under `passes/NAME/`: all its versions, and nothing that moves.

The file is a Label Studio task, `data` with `annotations`, `predictions` and `drafts`, which
`formats.label_studio.read` reads. Versions and results stand in a fixed order. Numbers that
the server gives and may give again are left out; what an annotation was made from is said in
`made_from` instead: {"prediction": model} or {"annotation": its unique_id}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from newspan.annotations.studio.incoming import Incoming, Outcome, maker, readings, unfinished
from newspan.annotations.studio.layout import sorted_results, task_bytes
from newspan.errors import Fault

__all__ = ["kept_pass", "pass_task", "vanished"]

_VERSIONS = ("annotations", "predictions", "drafts")
_BOOKKEEPING = frozenset(
    {"id", "task", "project", "prediction", "import_id", "bulk_created", "result_count",
     "last_action", "last_created_by", "updated_by", "created_ago", "created_username", "cluster",
     "neighbors", "mislabeling", "model", "model_run", "state", "parent_prediction",
     "parent_annotation", "annotation", "history"}
)  # fmt: skip
"""What the server keeps for itself of a version, or makes anew at every look."""


def kept_pass(found: Incoming) -> Outcome:
    """The task as a file of the pass; no file where there is no version of it."""
    made = pass_task(found.task)
    if not any(made[name] for name in _VERSIONS):
        return Outcome(None, [], found.notes)
    notes = [*found.notes, *unfinished(found)]
    for reading in readings(found):
        if reading.state in ("annotation", "prediction"):
            notes += reading.faults
    return Outcome(task_bytes(made), [], notes)


def vanished(old: bytes, new: bytes, article_id: str) -> Iterator[Fault]:
    """A note for each annotation in the old file of a pass that the new one has not."""
    before, now = ({a.get("unique_id"): a for a in _annotations(content)} for content in (old, new))
    for unique, annotation in before.items():
        if unique is not None and unique not in now:
            message = f"an annotation by {maker(annotation)} was deleted on the server."
            yield Fault(message, "It stands in the history of the file.", article_id=article_id)


def _annotations(content: bytes) -> list[dict[str, Any]]:
    try:
        found = msgspec.json.decode(content)["annotations"]
        return [a for a in found if isinstance(a.get("unique_id"), str)]
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError, RecursionError):
        return []


def pass_task(task: Mapping[str, Any]) -> dict[str, Any]:
    """The task as it is kept; `task` is as it was pulled, restored."""
    made: dict[str, Any] = {"data": task["data"]}
    for name in _VERSIONS:
        versions = task.get(name)
        if not isinstance(versions, list):
            versions = [] if versions is None else [versions]
        made[name] = sorted((_version(v, task) for v in versions), key=_version_place)
    return made


def _version(version: Any, task: Mapping[str, Any]) -> Any:
    if not isinstance(version, dict):
        return version
    results = version.get("result")
    made: dict[str, Any] = {
        "result": sorted_results(results) if isinstance(results, list) else results
    }
    for key in sorted(version.keys() - _BOOKKEEPING - made.keys()):
        made[key] = version[key]
    for key in ("completed_by", "user"):
        if isinstance(person := made.get(key), dict) and isinstance(person.get("email"), str):
            made[key] = {"email": person["email"]}
    if origin := _made_from(version, task):
        made["made_from"] = origin
    return made


def _made_from(version: Mapping[str, Any], task: Mapping[str, Any]) -> dict[str, Any]:
    for key, listed, name, said in (
        ("parent_prediction", "predictions", "prediction", "model_version"),
        ("parent_annotation", "annotations", "annotation", "unique_id"),
        ("annotation", "annotations", "annotation", "unique_id"),
    ):
        number = version.get(key)
        others = task.get(listed)
        if number is not None and isinstance(others, list):
            for other in others:
                if isinstance(other, dict) and other.get("id") == number:
                    return {name: other.get(said)}
    return {}


def _version_place(version: Any) -> tuple[str, ...]:
    """Where a version stands: by who made it, then by when."""
    if not isinstance(version, dict):
        return ("~", str(version))
    who = version.get("completed_by") or version.get("user") or version.get("model_version")
    if isinstance(who, dict):
        who = who.get("email")
    return (str(who), str(version.get("created_at")), str(version.get("unique_id")))
