"""`newspan studio push`: read a source, push it under a progress bar, say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from newspan.annotations.propose.run import proposals
from newspan.annotations.studio.bar import progress_bar
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.project import DEFAULT_TITLE, Project, open_project
from newspan.annotations.studio.push import Pushed, push_parcels
from newspan.annotations.studio.source import source_parcels
from newspan.annotations.studio.tasks import Kind, Parcel, parcels
from newspan.errors import Fault, NewspanError
from newspan.paths import data_root
from newspan.schema.model import Document

__all__ = ["upload"]

_NAMED = 50
"""Skipped articles that are named; the rest are counted."""


def upload(
    studio: Studio,
    source: Path | None,
    title: str = DEFAULT_TITLE,
    kind: str = "bare",
    say: Callable[[str], Any] = print,
    *,
    pass_name: str | None = None,
    replace: bool = False,
    backup: Path | None = None,
    hydrated: Path = Path("hydrated"),
    preannotate: bool = False,
) -> Pushed:
    """Push a source, by default the corpus, into the project with this title, and report.

    With `preannotate` its articles are sent with proposals made now, as predictions.

    Raises NewspanError where something fails, and, after everything else was pushed, with
    each article that was refused since it differs from what is there.
    """
    chosen = _kind(kind)
    project = open_project(studio, title, replace=replace)
    place = source or data_root()
    if preannotate:
        articles = _proposed(proposals(place, hydrated=hydrated, say=say), project.config)
    else:
        articles = source_parcels(
            place, chosen, project.config, pass_name=pass_name, hydrated=hydrated
        )
    with progress_bar("pushing") as advance:
        pushed = push_parcels(
            studio, project, articles, replace=replace, backup=backup, progress=advance
        )
    for line in _lines(studio, project, pushed):
        say(line)
    if pushed.refused:
        raise NewspanError(*pushed.refused)
    return pushed


def _proposed(documents: Iterable[Document], config: str) -> Iterator[Parcel]:
    """The documents with their proposals; alone where there are none."""
    for document in documents:
        yield from parcels([document], "predictions" if document.spans else "bare", config)


def _kind(kind: str) -> Kind:
    for known in get_args(Kind):
        if kind == known:
            found: Kind = known
            return found
    raise NewspanError(
        Fault(f"there is no --as {kind}.", f"There are: {', '.join(get_args(Kind))}.")
    )


def _lines(studio: Studio, project: Project, pushed: Pushed) -> Iterator[str]:
    counted = [
        (pushed.sent, "sent"),
        (pushed.unchanged, "there already"),
        (pushed.replaced, "replaced"),
        (pushed.mended, "mended"),
        (len(pushed.skipped), "skipped"),
        (len(pushed.refused), "refused"),
    ]
    told = ", ".join(f"{count:,} {what}" for count, what in counted if count)
    yield f"{project.title}: {told or 'nothing to send'}. {studio.url}/projects/{project.id}"
    if pushed.skipped:
        shown = ", ".join(pushed.skipped[:_NAMED])
        more = f" and {len(pushed.skipped) - _NAMED} more" if len(pushed.skipped) > _NAMED else ""
        yield f"Without their words, so not sent: {shown}{more}. See `newspan hydrate`."
    for path in pushed.backups:
        yield f"What was replaced is in {path}."
