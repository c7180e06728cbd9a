"""Everything a project holds, as files of the server's own making.

A snapshot has what no other answer has at once: annotations of everybody with their e-mail
addresses, everybody's drafts, and predictions in full. A big project is taken in parts, so
that the server works while we do. A snapshot is deleted on the server once it is here, and
here it lies in a private temporary folder, since it may hold owners' words.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.listing import rows_of
from newspan.annotations.studio.private import private_folder
from newspan.annotations.studio.project import Project
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.formats.json_stream import json_items

__all__ = ["snapshot"]

TITLE = "newspan pull"
"""What our snapshots are called on the server, so that forgotten ones are found."""
_MOST_CHOSEN = 5000
"""Tasks that are named one by one; beyond, all are taken, and the others passed over."""
_PART = 400
"""Tasks in one snapshot. The server makes the next while we look at these."""
_SPARSE = 3
"""A project that has had more tasks than so many times those it has is not taken in parts."""
_VIEWS = "/api/dm/views/"
_WAIT = 1.0
_WHOLE = {
    "predictions": {"only_id": False},
    "drafts": {"only_id": False},
    "annotations__completed_by": {"only_id": False},
}
_Part = Mapping[str, Any] | None


@contextlib.contextmanager
def snapshot(
    studio: Studio, project: Project, chosen: Collection[int] | None = None
) -> Iterator[Iterator[Any]]:
    """The tasks of a project, or the chosen ones, one after another in little memory.

    They are what the server says, and unchecked. While some are looked at, the next are on
    their way, so `studio` is not to be used meanwhile. Raises NewspanError where the server
    does not say it, or what it says is cut off.
    """
    _clear_forgotten(studio, project.id)
    with (
        private_folder() as folder,
        contextlib.closing(_all_parts(studio, project, chosen, folder)) as tasks,
    ):
        yield tasks


def _all_parts(
    studio: Studio, project: Project, chosen: Collection[int] | None, folder: Path
) -> Generator[Any]:
    """Every task once. Tasks that have no number within the project are in no part: where
    some are missing, everything is asked for at once."""
    parts = _parts(studio, project, chosen)
    seen = set()
    whole: list[_Part] = [None]
    for again in (whole, []):
        for task in _in_turn(studio, project.id, parts, folder):
            number = task.get("id") if isinstance(task, dict) else None
            if type(number) is not int or number not in seen:
                seen.add(number)
                yield task
        if chosen is not None or parts == [None] or len(seen) >= project.task_number:
            return
        parts = again


def _parts(studio: Studio, project: Project, chosen: Collection[int] | None) -> list[_Part]:
    """What the data manager is to show of the project, part by part; None shows all."""
    if chosen is not None:
        if len(chosen) > _MOST_CHOSEN:
            return [None]
        wanted = sorted(chosen)
        return [
            {"selected_items": {"all": False, "included": wanted[at : at + _PART]}}
            for at in range(0, len(wanted), _PART)
        ]
    if project.task_number <= _PART:
        return [None]
    ordering = {"ordering": ["-tasks:inner_id"]}
    listed = studio.tasks(project.id, include=["inner_id"], query=ordering, page_size=1)
    last = next(listed, {}).get("inner_id")
    if type(last) is not int or last > _SPARSE * project.task_number:
        return [None]
    return [_between(at, at + _PART - 1) for at in range(1, last + 1, _PART)]


def _between(low: int, high: int) -> _Part:
    item = {"filter": "filter:tasks:inner_id", "operator": "in", "type": "Number",
            "value": {"min": low, "max": high}}  # fmt: skip
    return {"data": {"title": TITLE, "filters": {"conjunction": "and", "items": [item]}}}


def _in_turn(studio: Studio, project: int, parts: Sequence[_Part], folder: Path) -> Iterator[Any]:
    """The tasks of the parts; each part is fetched while the one before is looked at."""
    with ThreadPoolExecutor(max_workers=1) as ahead:
        coming = [ahead.submit(_fetch, studio, project, part, folder) for part in parts[:1]]
        for number in range(len(parts)):
            path = coming.pop().result()
            if number + 1 < len(parts):
                coming.append(ahead.submit(_fetch, studio, project, parts[number + 1], folder))
            yield from _items(studio, path)
            path.unlink()


def _fetch(studio: Studio, project: int, part: _Part, folder: Path) -> Path:
    """A file with the tasks of a part, as the server makes it."""
    with contextlib.ExitStack() as made:
        options: dict[str, Any] = {"title": TITLE, "serialization_options": _WHOLE}
        if part is not None:
            view = made.enter_context(_view(studio, project, part))
            options["task_filter_options"] = {"view": view}
        number = made.enter_context(_export(studio, project, options))
        path = folder / f"{number}.json"
        place = f"/api/projects/{project}/exports/{number}/download"
        studio.download(place, path, exportType="JSON")
    return path


def _items(studio: Studio, path: Path) -> Iterator[Any]:
    try:
        yield from json_items(path)
    except DocumentError as error:
        # The file is gone when this is read: it is the server that is to be spoken of.
        said = "; ".join(fault.message for fault in error.faults)
        raise NewspanError(
            Fault(f"what {studio.url} sent as a snapshot {said}", "Pull again.")
        ) from error


@contextlib.contextmanager
def _export(studio: Studio, project: int, options: dict[str, Any]) -> Iterator[int]:
    """A snapshot on the server, made and deleted again."""
    path = f"/api/projects/{project}/exports/"
    # A snapshot made twice does no harm: the next pull deletes what is forgotten.
    made = studio.send("POST", path, options, safe_to_repeat=True)
    number = made.get("id") if isinstance(made, dict) else None
    if type(number) is not int:
        raise studio.strange(path)
    try:
        while made.get("status") in ("created", "in_progress"):
            time.sleep(_WAIT)
            made = studio.get(f"{path}{number}")
        if made.get("status") != "completed":
            raise NewspanError(
                Fault(
                    f"{studio.url} could not make a snapshot of project {project}.",
                    "Look into the server's log; a text with a lone surrogate is one cause.",
                )
            )
        yield number
    finally:
        with contextlib.suppress(NewspanError):
            studio.send("DELETE", f"{path}{number}")


def _clear_forgotten(studio: Studio, project: int) -> None:
    """Delete what killed pulls left on the server: snapshots of former days, and tabs.

    Another pull whose tab is deleted under it gets all tasks, and passes over the others.
    """
    path = f"/api/projects/{project}/exports/"
    today = time.strftime("%Y-%m-%d", time.gmtime())
    for row in rows_of(studio.get(path)):
        if row.get("title") == TITLE and str(row.get("created_at"))[:10] < today:
            studio.send("DELETE", f"{path}{row['id']}")
    for row in rows_of(studio.get(_VIEWS, project=project)):
        data = row.get("data")
        if isinstance(data, dict) and data.get("title") == TITLE:
            studio.send("DELETE", f"{_VIEWS}{row['id']}/", project=project)


@contextlib.contextmanager
def _view(studio: Studio, project: int, part: Mapping[str, Any]) -> Iterator[int]:
    """A tab of the data manager that shows a part of the tasks; snapshots can follow one."""
    body = {"project": project, "data": {"title": TITLE}, **part}
    made = studio.send("POST", _VIEWS, body, safe_to_repeat=True)
    number = made.get("id") if isinstance(made, dict) else None
    if type(number) is not int:
        raise studio.strange(_VIEWS)
    try:
        yield number
    finally:
        with contextlib.suppress(NewspanError):
            studio.send("DELETE", f"{_VIEWS}{number}/", project=project)
