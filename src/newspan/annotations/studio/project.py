"""The project on the server that a corpus is annotated in, found by its title or made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from newspan.annotations.studio.client import Studio, Uncertain
from newspan.errors import Fault, NewspanError
from newspan.formats.label_studio.config import config_digest, config_faults
from newspan.schema.labelling import label_config

__all__ = ["DEFAULT_TITLE", "Project", "find_project", "open_project"]

DEFAULT_TITLE = "newspan"
_PAGE = 100


class Project(NamedTuple):
    """A project as its server tells it."""

    id: int
    title: str
    label_config: str
    config: str
    """Digest of the configuration; "" where it is no XML."""
    faults: tuple[Fault, ...]
    """What in the configuration would lose annotations of ours."""
    task_number: int


def find_project(studio: Studio, title: str) -> Project:
    """The project with this title. Raises NewspanError where there is none, or several."""
    found = _with_title(studio, title)
    if found is None:
        raise NewspanError(
            Fault(
                f"{studio.url} has no project {title!r} that you may see.",
                "Make it with `newspan studio push`, or correct --project.",
            )
        )
    return found


def open_project(studio: Studio, title: str = DEFAULT_TITLE, *, replace: bool = False) -> Project:
    """The project with this title, made with our labelling configuration where there is none.

    Raises NewspanError where its configuration would lose annotations; with `replace` that is
    replaced by ours. What differs only in looks is the project's own business.
    """
    found = _with_title(studio, title)
    if found is None:
        return _make(studio, title)
    if found.faults and replace:
        path = f"/api/projects/{found.id}/"
        return _project(studio, studio.send("PATCH", path, {"label_config": label_config()}))
    if found.faults:
        raise NewspanError(
            *(Fault(f"project {title!r}: {fault.message}") for fault in found.faults),
            Fault(
                "The project's labelling configuration is not that of newspan.",
                "Paste what `newspan studio config` prints into the project's settings, push "
                "with --replace to have that done, or push to a project of another title.",
            ),
        )
    return found


def refreshed(studio: Studio, project: Project) -> Project:
    """The project as it is now."""
    return _project(studio, studio.get(f"/api/projects/{project.id}/"))


def _with_title(studio: Studio, title: str) -> Project | None:
    found = [row for row in _projects(studio, title) if row.get("title") == title]
    if len(found) > 1:
        numbers = ", ".join(str(row.get("id")) for row in found)
        raise NewspanError(
            Fault(
                f"{len(found)} projects have the title {title!r} (numbers {numbers}).",
                "Rename all but one of them in Label Studio.",
            )
        )
    return _project(studio, found[0]) if found else None


def _projects(studio: Studio, title: str) -> Iterator[Mapping[str, Any]]:
    """The projects whose title holds these words."""
    path, page = "/api/projects/", 1
    while True:
        listed = studio.get(path, title=title, page=page, page_size=_PAGE)
        rows = listed.get("results") if isinstance(listed, dict) else None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise studio.strange(path)
        yield from rows
        if not rows or not listed.get("next"):
            return
        page += 1


def _make(studio: Studio, title: str) -> Project:
    if not 3 <= len(title) <= 50:
        raise NewspanError(
            Fault(f"the title {title!r} is not of 3 to 50 characters.", "Give it another.")
        )
    body = {"title": title, "label_config": label_config()}
    try:
        return _project(studio, studio.send("POST", "/api/projects/", body))
    except Uncertain:
        if (made := _with_title(studio, title)) is not None:
            return made
        raise


def _project(studio: Studio, row: Any) -> Project:
    number, xml = (row.get("id"), row.get("label_config")) if isinstance(row, dict) else (None, "")
    if type(number) is not int or not isinstance(xml, str):
        raise studio.strange("/api/projects/")
    try:
        digest, faults = config_digest(xml), config_faults(xml)
    except NewspanError as error:
        digest, faults = "", list(error.faults)
    count = row.get("task_number")
    return Project(
        number, str(row.get("title")), xml, digest, tuple(faults),
        count if type(count) is int else 0,
    )  # fmt: skip
