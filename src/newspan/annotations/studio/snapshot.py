"""Everything a project holds, as files of the server's own making.

A snapshot has what no other answer has at once: annotations of everybody with their e-mail
addresses, everybody's drafts, and predictions in full. A big project is taken in parts, so
that the server works while we do; ever smaller ones, so that little is left to do when the
server has done its part. A snapshot is deleted on the server once it is here, and here it
lies in a private temporary folder, since it may hold owners' words.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
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
"""Tasks that are named one by one; beyond, all are taken, the others passed over."""
_PART = 600
"""Tasks in one snapshot at most. The server makes the next while we look at these."""
_LAST = 150
"""So few tasks are one snapshot: it takes the server a while, however small it is."""
_SHARE = 2 / 3
"""Share of the tasks that are left which is in one snapshot."""
_AHEAD = 2
"""Snapshots that are asked for before they are looked at."""
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
Decode = Callable[[Any], list[Any]]


@contextlib.contextmanager
def snapshot(
    studio: Studio,
    project: Project,
    chosen: Collection[int] | None = None,
    decode: Decode | None = None,
) -> Iterator[Iterator[Any]]:
    """The tasks of a project, or the chosen ones, one after another in little memory.

    They are what the server says, and unchecked; `decode` is as in `json_items`. While some
    are looked at, the next are on their way, so `studio` is not to be used meanwhile. Raises
    NewspanError where the server does not say it, or what it says is cut off.
    """
    _clear_forgotten(studio, project.id)
    with (
        private_folder() as folder,
        contextlib.closing(_all_parts(studio, project, chosen, folder, decode)) as tasks,
    ):
        yield tasks


def _all_parts(
    studio: Studio,
    project: Project,
    chosen: Collection[int] | None,
    folder: Path,
    decode: Decode | None,
) -> Generator[Any]:
    """Every task once. Tasks that have no number within the project are in no part: where
    some are missing, everything is asked for at once."""
    parts = _parts(studio, project, chosen)
    seen = set()
    whole: list[_Part] = [None]
    for again in (whole, []):
        for task in _in_turn(studio, project.id, parts, folder, decode):
            number = task.get("id") if isinstance(task, dict) else getattr(task, "number", None)
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
            {"selected_items": {"all": False, "included": wanted[low:high]}}
            for low, high in _ranges(len(wanted))
        ]
    if project.task_number <= min(_PART, _LAST):
        return [None]
    ordering = {"ordering": ["-tasks:inner_id"]}
    listed = studio.tasks(project.id, include=["inner_id"], query=ordering, page_size=1)
    last = next(listed, {}).get("inner_id")
    if type(last) is not int or last > _SPARSE * project.task_number:
        return [None]
    return [_between(low + 1, high) for low, high in _ranges(last)]


def _ranges(count: int) -> Iterator[tuple[int, int]]:
    """Where each part of so many tasks begins and ends."""
    low = 0
    while left := count - low:
        size = min(_PART, left if left <= _LAST else round(left * _SHARE))
        yield low, low + size
        low += size


def _between(low: int, high: int) -> _Part:
    item = {"filter": "filter:tasks:inner_id", "operator": "in", "type": "Number",
            "value": {"min": low, "max": high}}  # fmt: skip
    return {"data": {"title": TITLE, "filters": {"conjunction": "and", "items": [item]}}}


def _in_turn(
    studio: Studio, project: int, parts: Sequence[_Part], folder: Path, decode: Decode | None
) -> Iterator[Any]:
    """The tasks of the parts; parts are fetched while those before them are looked at."""
    tab, waiting = _Tab(studio, project), iter(parts)
    with ThreadPoolExecutor(max_workers=1) as ahead:
        coming = deque(ahead.submit(_fetch, tab, part, folder) for part in islice(waiting, _AHEAD))
        try:
            while coming:
                path = coming.popleft().result()
                coming += [ahead.submit(_fetch, tab, part, folder) for part in islice(waiting, 1)]
                if not coming:
                    ahead.submit(tab.close)
                yield from _items(studio, path, decode)
                path.unlink()
        finally:
            for unwanted in coming:
                unwanted.cancel()
            ahead.submit(tab.close)


def _fetch(tab: _Tab, part: _Part, folder: Path) -> Path:
    """A file with the tasks of a part, as the server makes it."""
    options: dict[str, Any] = {"title": TITLE, "serialization_options": _WHOLE}
    if part is not None:
        options["task_filter_options"] = {"view": tab.showing(part)}
    with _export(tab.studio, tab.project, options) as number:
        path = folder / f"{number}.json"
        place = f"/api/projects/{tab.project}/exports/{number}/download"
        tab.studio.download(place, path, exportType="JSON")
    return path


def _items(studio: Studio, path: Path, decode: Decode | None) -> Iterator[Any]:
    try:
        yield from json_items(path, decode)
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


class _Tab:
    """A tab of the data manager, for snapshots to follow; it shows one part after another."""

    def __init__(self, studio: Studio, project: int) -> None:
        self.studio, self.project = studio, project
        self._number: int | None = None

    def showing(self, part: Mapping[str, Any]) -> int:
        """The number of the tab, once it shows this part of the tasks."""
        body = {"project": self.project, "data": {"title": TITLE}, **part}
        if self._number is not None and "data" in part:
            # Another pull may have deleted it; then there is a new one.
            with contextlib.suppress(NewspanError):
                self.studio.send("PATCH", self._path(), body, project=self.project)
                return self._number
        self.close()  # chosen tasks stay chosen until a tab is deleted
        made = self.studio.send("POST", _VIEWS, body, safe_to_repeat=True)
        number = made.get("id") if isinstance(made, dict) else None
        if type(number) is not int:
            raise self.studio.strange(_VIEWS)
        self._number = number
        return number

    def close(self) -> None:
        """Delete the tab."""
        if self._number is not None:
            with contextlib.suppress(NewspanError):
                self.studio.send("DELETE", self._path(), project=self.project)
        self._number = None

    def _path(self) -> str:
        return f"{_VIEWS}{self._number}/"
