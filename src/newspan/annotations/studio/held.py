"""What a project holds already: tasks by article, what is missing, and whether people worked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.tasks import Record, record_of

__all__ = ["Held", "delete", "exported", "held_by_article", "is_worked_on"]

_FIELDS = (
    "id", "data", "meta", "created_at", "updated_at",
    "total_annotations", "cancelled_annotations", "total_predictions",
)  # fmt: skip
_SOON = 0.1
"""Seconds after its import from which a change of a task is somebody's."""


class Held(NamedTuple):
    """A task of the project, without its words."""

    id: int
    record: Record | None
    """What was pushed, without what was kept; None where the task did not come from here."""
    annotations: int
    predictions: int
    touched: bool
    """Whether it was changed after it was imported."""

    @property
    def whole(self) -> bool:
        """Whether it has all the versions that were pushed."""
        record = self.record
        return record is None or (
            self.annotations >= record.annotations and self.predictions >= record.predictions
        )


def held_by_article(studio: Studio, project: int) -> tuple[dict[str, list[Held]], int]:
    """The tasks of a project by article id, and how many tasks there are in all."""
    found: dict[str, list[Held]] = {}
    size = 0
    for task in studio.tasks(project, include=_FIELDS):
        size += 1
        data = task.get("data")
        name = data.get("article_id") if isinstance(data, dict) else None
        if isinstance(name, str) and type(task.get("id")) is int:
            found.setdefault(name, []).append(_held(task, name))
    return found, size


def _held(task: Mapping[str, Any], name: str) -> Held:
    record = record_of(task)
    sound = record is not None and record.article == name
    return Held(
        task["id"],
        msgspec.structs.replace(record, kept={}) if record is not None and sound else None,
        _count(task, "total_annotations") + _count(task, "cancelled_annotations"),
        _count(task, "total_predictions"),
        _seconds(task.get("created_at"), task.get("updated_at")) > _SOON,
    )


def _count(task: Mapping[str, Any], name: str) -> int:
    value = task.get(name)
    return value if type(value) is int else 0


def _seconds(before: Any, after: Any) -> float:
    try:
        return (datetime.fromisoformat(after) - datetime.fromisoformat(before)).total_seconds()
    except (TypeError, ValueError):
        return float("inf")


def exported(studio: Studio, project: int, tasks: Iterable[int]) -> list[dict[str, Any]]:
    """These tasks whole: annotations and drafts of everybody, predictions by number."""
    path = f"/api/projects/{project}/export"
    ids = list(tasks)
    found = studio.get(path, exportType="JSON", download_all_tasks="true", **{"ids[]": ids})
    if not isinstance(found, list) or not all(isinstance(task, dict) for task in found):
        raise studio.strange(path)
    return found


def is_worked_on(task: Mapping[str, Any]) -> bool:
    """Whether a person has done something in an exported task, were it only a draft.

    An annotation is ours as long as it has its import's number and nobody saved it since.
    """
    annotations = task.get("annotations")
    if task.get("drafts") or not isinstance(annotations, list):
        return True
    return any(
        not isinstance(made, dict)
        or made.get("import_id") is None
        or made.get("updated_by") is not None
        or made.get("last_action") not in (None, "imported")
        for made in annotations
    )


def delete(studio: Studio, project: int, tasks: Sequence[int]) -> None:
    """Delete tasks with all that is in them. Raises Uncertain where the answer was lost."""
    if tasks:
        chosen = {"selectedItems": {"all": False, "included": list(tasks)}}
        studio.send("POST", "/api/dm/actions", chosen, id="delete_tasks", project=project)
