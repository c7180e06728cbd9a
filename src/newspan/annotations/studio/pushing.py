"""One push: what is there, what is sent, and what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newspan.annotations.studio.backup import write_backup
from newspan.annotations.studio.client import Studio, Uncertain
from newspan.annotations.studio.held import Held, exported
from newspan.annotations.studio.project import Project, refreshed
from newspan.annotations.studio.stock import PAUSES, Stock
from newspan.annotations.studio.tasks import META, Parcel, Record
from newspan.errors import DocumentError, Fault, NewspanError

__all__ = ["Progress", "Pushed", "Pushing"]

Progress = Callable[[int], Any]


class Pushed(NamedTuple):
    """What a push came to; the numbers are articles."""

    sent: int
    unchanged: int
    replaced: int
    """Of those sent, and those that only the configuration changed under."""
    mended: int
    """Had been lost in part by the server, or were there twice."""
    skipped: tuple[str, ...]
    """Ids of stand-off articles whose words are not there."""
    refused: tuple[Fault, ...]
    """Articles that differ from what is there, and what to do."""
    backups: tuple[Path, ...]
    """Files that hold what was replaced."""


class Pushing:
    """One push: what is there, and what was done so far. Without `backup` nothing is replaced."""

    def __init__(
        self, studio: Studio, project: Project, backup: Path | None, progress: Progress | None
    ) -> None:
        self._studio = studio
        self._project = project
        self._backup = backup
        self._progress = progress or (lambda _: None)
        self._wanted: dict[str, str] = {}
        """Article id to the digest of what belongs there."""
        self._unanswered: Uncertain | None = None
        """Why the last import has no answer, if it has none."""
        self._stock = Stock(studio, project.id)
        if refreshed(studio, project).task_number:
            self._stock.refresh()
        self._sent = self._unchanged = self._replaced = 0
        self._mended: set[str] = set()
        self._skipped: list[str] = []
        self._refused: list[Fault] = []
        self._backups: list[Path] = []

    def choose(self, chunk: Sequence[Parcel]) -> list[Parcel]:
        """The articles of these that are to be sent; the others are settled here."""
        known = [parcel for parcel in chunk if self._is_sendable(parcel)]
        self._mended |= self._stock.tidy(_digests(known))
        missing, changed = [], []
        for parcel in known:
            copies = self._stock.copies(parcel.record.article)
            problem = _difference(parcel.record, copies)
            if not copies:
                missing.append(parcel)
            elif problem is None:
                self._unchanged += 1
                self._progress(1)
            elif self._backup is not None and len(copies) == 1:
                changed.append((parcel, copies[0]))
            else:
                self._refused.append(Fault(*problem, article_id=parcel.record.article))
                self._progress(1)
        return missing + self._make_room(changed)

    def send(self, batch: Sequence[Parcel]) -> None:
        """Import a batch, and go on until every article of it is there once and whole."""
        rest = list(batch)
        for pause in PAUSES:
            time.sleep(pause)
            if self._import(rest):
                rest = []
            else:
                self._mended |= {parcel.record.article for parcel in rest}
                self._stock.refresh()
                self._stock.tidy(_digests(rest))
                rest = [parcel for parcel in rest if not self._stock.copies(parcel.record.article)]
            if not rest:
                self._sent += len(batch)
                self._progress(len(batch))
                return
        if self._unanswered is not None:
            raise self._unanswered
        names = ", ".join(parcel.record.article for parcel in rest[:5])
        raise NewspanError(
            Fault(
                f"{self._studio.url} took {len(rest)} articles ({names} …) {len(PAUSES)} times, "
                "and each time lost them or their annotation.",
                "Push while nobody annotates, or run Label Studio on PostgreSQL: on SQLite it "
                "drops what it cannot write at once.",
            )
        )

    def finish(self) -> Pushed:
        """Look whether the project holds what it must; second copies that came in go.

        Raises NewspanError where articles have gone meanwhile.
        """
        if refreshed(self._studio, self._project).task_number != self._stock.size:
            self._stock.refresh()
            self._mended |= self._stock.tidy(self._wanted)
            gone = [name for name in self._wanted if not self._stock.copies(name)]
            if gone:
                raise NewspanError(
                    Fault(
                        f"{len(gone)} articles have gone meanwhile: {', '.join(gone[:5])}.",
                        "Run the command again, while nobody else changes the project.",
                    )
                )
        return Pushed(
            self._sent, self._unchanged, self._replaced, len(self._mended),
            tuple(self._skipped), tuple(self._refused), tuple(self._backups),
        )  # fmt: skip

    def _is_sendable(self, parcel: Parcel) -> bool:
        name = parcel.record.article
        if name in self._wanted or name in self._skipped:
            raise DocumentError(
                Fault("is there twice.", "Give each article once.", article_id=name)
            )
        if parcel.body is None:
            self._skipped.append(name)
            self._progress(1)
            return False
        self._wanted[name] = parcel.record.pushed
        return True

    def _import(self, articles: Sequence[Parcel]) -> bool:
        """Whether the server took these and all that belongs to them, by its own count."""
        path = f"/api/projects/{self._project.id}/import"
        body = b"[" + b",".join(parcel.body or b"" for parcel in articles) + b"]"
        try:
            reply = self._studio.send("POST", path, body, return_task_ids="true")
        except Uncertain as error:
            self._unanswered = error
            return False
        self._unanswered = None
        if not isinstance(reply, dict) or "task_count" not in reply:
            raise self._studio.strange(path)
        records = [parcel.record for parcel in articles]
        wanted = {
            "task_count": len(records),
            "annotation_count": sum(record.annotations for record in records),
            "prediction_count": sum(record.predictions for record in records),
        }
        if any(reply.get(name) != count for name, count in wanted.items()):
            return False
        self._stock.added(len(records))
        return True

    def _make_room(self, changed: Sequence[tuple[Parcel, Held]]) -> list[Parcel]:
        """Back up and delete what others take the place of; those to be sent."""
        made: list[Parcel] = []
        going: list[int] = []
        for parcel, held in changed:
            self._replaced += 1
            if held.record is not None and held.record.pushed == parcel.record.pushed:
                self._restamp(parcel, held)
            else:
                made.append(parcel)
                going.append(held.id)
        if going and self._backup is not None:
            tasks = exported(self._studio, self._project.id, going)
            self._backups.append(write_backup(self._backup, self._project.id, tasks))
            self._stock.remove(going)
        return made

    def _restamp(self, parcel: Parcel, held: Held) -> None:
        """Only the configuration is another: the task and all work in it stay."""
        path = f"/api/tasks/{held.id}/"
        task = self._studio.get(path)
        meta = task.get("meta") if isinstance(task, dict) else None
        others = meta if isinstance(meta, dict) else {}
        record = msgspec.to_builtins(parcel.record)
        self._studio.send("PATCH", path, {"meta": {**others, META: record}})
        self._progress(1)


def _digests(articles: Iterable[Parcel]) -> dict[str, str]:
    return {parcel.record.article: parcel.record.pushed for parcel in articles}


_REPLACE = "Pull the work on it, then push with --replace: that backs up and deletes its task."


def _difference(ours: Record, copies: Sequence[Held]) -> tuple[str, str] | None:
    """(what is another than on the server, what to do), or None."""
    if len(copies) != 1:
        remedy = "Pull, then delete all but one of them in Label Studio."
        return (f"{len(copies)} tasks of it hold somebody's work.", remedy) if copies else None
    theirs = copies[0].record
    if theirs is None:
        return "is in the project, but `newspan studio push` did not bring it.", _REPLACE
    if theirs.text != ours.text:
        return "its text is not the one that was pushed.", _REPLACE
    if theirs.pushed != ours.pushed:
        return "what goes with its text is not what was pushed with it.", _REPLACE
    if theirs.config != ours.config:
        return (
            "it was pushed under another labelling configuration.",
            "Push with --replace: its task and all work in it stay.",
        )
    return None
