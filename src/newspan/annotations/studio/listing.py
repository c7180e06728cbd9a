"""Short answers of the server on a project: which tasks have changed, and who the users are."""

from __future__ import annotations

from typing import Any

from newspan.annotations.studio.client import Studio

__all__ = ["Listed", "emails", "listed_tasks", "rows_of"]

_PAGE = 5000
_DRAFTED = {
    "filters": {
        "conjunction": "and",
        "items": [
            {"filter": "filter:tasks:draft_exists", "operator": "equal", "type": "Boolean",
             "value": True}
        ],
    }
}  # fmt: skip

Listed = dict[int, tuple[str, bool]]
"""Task number to (time of its last change, whether somebody has a draft on it)."""


def listed_tasks(studio: Studio, project: int) -> Listed:
    """The tasks that are there. A draft moves no time of its task, hence the second answer."""
    fields = ("id", "updated_at")
    drafted = {
        task.get("id")
        for task in studio.tasks(project, include=["id"], query=_DRAFTED, page_size=_PAGE)
    }
    return {
        task["id"]: (str(task.get("updated_at")), task["id"] in drafted)
        for task in studio.tasks(project, include=fields, page_size=_PAGE)
        if type(task.get("id")) is int
    }


def emails(studio: Studio) -> dict[int, str]:
    """User number to e-mail address."""
    return {
        user["id"]: user["email"]
        for user in rows_of(studio.get("/api/users"))
        if isinstance(user.get("email"), str)
    }


def rows_of(listed: Any) -> list[dict[str, Any]]:
    """The records of a list that have a number."""
    rows = listed if isinstance(listed, list) else ()
    return [row for row in rows if isinstance(row, dict) and type(row.get("id")) is int]
