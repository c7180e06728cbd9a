"""The tasks of one pull: which are due, what becomes of each, and what is gone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newspan.annotations.studio.adjudicated import adjudicated
from newspan.annotations.studio.incoming import Outcome, article_of, incoming
from newspan.annotations.studio.lineage import EmailOf
from newspan.annotations.studio.listing import Listed
from newspan.annotations.studio.passes import kept_pass, vanished
from newspan.annotations.studio.plain import PlainRoad, Ready
from newspan.annotations.studio.pulled import Row, State, digest, file_digest
from newspan.annotations.studio.staging import Staging
from newspan.errors import DocumentError, Fault
from newspan.schema.model import Article

__all__ = ["Taking"]


class Taking:
    """What one pull takes into one folder. `whole`: tasks with all versions, as passes are.

    `anew`: what the last pull took does not keep anything from being looked at or replaced.
    """

    def __init__(
        self,
        folder: Path,
        last: State,
        articles: Mapping[str, Article],
        email_of: EmailOf,
        *,
        whole: bool,
        anew: bool,
    ) -> None:
        self.folder = folder
        self.next = State(last.server)
        self.written: set[str] = set()
        self.removed: set[str] = set()
        self.held_back: list[Fault] = []
        self.notes: list[Fault] = []
        self.decode = None if whole else PlainRoad(articles)
        """What decodes lists of tasks; None for a decoder that knows nothing of ours."""
        self._last = last.tasks
        self._before = {} if anew else last.tasks
        self._articles, self._email_of, self._whole = articles, email_of, whole
        self._chosen: set[int] | None = None
        self._task_of: dict[str, int] = {}
        self._twice: set[str] = set()
        self._lost: dict[str, Row] = {}

    @property
    def knows_before(self) -> bool:
        """Whether there is anything that need not be looked at again."""
        return bool(self._before)

    @property
    def unchanged(self) -> int:
        """Articles whose file is what the server has, and was before."""
        files = {row.article for row in self.next.tasks.values() if row.sha256 is not None}
        return len(files - self.written - self.removed - self._lost.keys())

    def due(self, listed: Listed) -> set[int]:
        """The tasks that have to be looked at; the others stay as they were."""
        self._chosen = {number for number, now in listed.items() if self._is_due(number, now)}
        for number in listed.keys() - self._chosen:
            row = self.next.tasks[number] = self._before[number]
            if row.article:
                self._task_of[row.article] = number
        return self._chosen

    def _is_due(self, number: int, now: tuple[str, bool]) -> bool:
        row = self._before.get(number)
        updated_at, drafted = now
        if row is None or drafted or not row.settled or row.updated_at != updated_at:
            return True
        if row.sha256 is None:
            return False
        found = file_digest(self._path(row.article))
        return found is None or (self._whole and found != row.sha256)

    def take(self, task: Any, staged: Staging) -> None:
        """Write the file of a task into `staged`, if it has one that is not there already."""
        if isinstance(task, Ready):
            self._take_ready(task, staged)
            return
        number = task.get("id") if isinstance(task, dict) else None
        if type(number) is not int:
            self.held_back.append(Fault("the server sent a task without number."))
            return
        if self._chosen is not None and number not in self._chosen:
            return
        article = None
        try:
            article = article_of(task, self._articles)
            if self._is_second(article.id, number, staged):
                return
            found = incoming(task, article, self._email_of)
        except DocumentError as error:
            outcome = Outcome(None, list(error.faults), [])
        else:
            outcome = kept_pass(found) if self._whole else adjudicated(found)
        self.held_back += outcome.held_back
        self.notes += outcome.notes
        settled = not (outcome.held_back or outcome.notes or task.get("drafts"))
        row = Row(article.id if article else "", str(task.get("updated_at")), settled, None)
        self.next.tasks[number] = self._kept(row, number, outcome, staged)

    def _take_ready(self, task: Ready, staged: Staging) -> None:
        name, number = task.article.id, task.number
        if self._chosen is not None and number not in self._chosen:
            return
        if not self._is_second(name, number, staged):
            row = Row(name, task.updated_at, True, None)
            outcome = Outcome(task.content, [], [])
            self.next.tasks[number] = self._kept(row, number, outcome, staged)

    def _is_second(self, name: str, number: int, staged: Staging) -> bool:
        """Whether another task is of this article: then neither is taken."""
        other = self._task_of.setdefault(name, number)
        if other == number:
            return False
        if name not in self._twice:
            self._twice.add(name)
            self.held_back.append(
                Fault(
                    f"has two tasks, {other} and {number}.",
                    "Push again, which mends that, or delete one in Label Studio.",
                    article_id=name,
                )
            )
        self.written.discard(name)
        staged.remove(f"{name}.json")
        for which in (other, number):
            row = self._last.get(which) or Row(name, "", False, None)
            self.next.tasks[which] = row._replace(settled=False)
        return True

    def _kept(self, row: Row, number: int, outcome: Outcome, staged: Staging) -> Row:
        """The row of a task whose file, if any, has been written."""
        before = self._last.get(number)
        same = before is not None and before.article == row.article
        old_sha = before.sha256 if same and before is not None else None
        if outcome.content is None:
            if old_sha is not None and not outcome.held_back:
                self._lost[row.article] = row._replace(sha256=old_sha)
            return row._replace(sha256=old_sha, settled=row.settled and old_sha is None)
        path, new = self._path(row.article), digest(outcome.content)
        found = file_digest(path)
        if found not in (None, new) and self._is_kept(number, row.article, old_sha, found, new):
            return row._replace(sha256=old_sha, settled=old_sha == new)
        if found != new:
            if self._whole and found is not None:
                self.notes += vanished(path.read_bytes(), outcome.content, row.article)
            staged.write(path.name, outcome.content)
            self.written.add(row.article)
        return row._replace(sha256=new)

    def _is_kept(
        self, number: int, name: str, pulled: str | None, found: str | None, new: str
    ) -> bool:
        """Whether a file that somebody changed here since the last pull stays as it is."""
        if self._whole or number not in self._before or pulled in (None, found):
            return False
        if pulled != new:
            self.held_back.append(
                Fault(
                    "was changed here and on the server since the last pull.",
                    "Put yours aside, pull with --full, and bring them together.",
                    article_id=name,
                )
            )
        return True

    def find_gone(self, prune: bool) -> None:
        """Note what was pulled once and is not on the server now; with `prune`, remove it."""
        gone = dict(self._lost)
        for number, row in self._last.items():
            now = self.next.tasks.get(number)
            if row.sha256 is None or row.article in self._task_of:
                continue
            if now is None or now.article != row.article:
                gone[row.article] = row
                if not prune and now is None:
                    self.next.tasks[number] = row  # to be spoken of again
        for name, row in sorted(gone.items()):
            self._part_with(name, row, prune)

    def _part_with(self, name: str, row: Row, prune: bool) -> None:
        found = file_digest(self._path(name)) if name in self._articles else None
        if found is None:
            return
        if prune and found == row.sha256:
            self.removed.add(name)
            for number, now in self.next.tasks.items():
                if now.article == name:
                    self.next.tasks[number] = now._replace(sha256=None)
            return
        self._lost.setdefault(name, row)
        remedy = "Its file was changed here." if prune else "Its file stays; --prune removes it."
        self.notes.append(
            Fault("what was pulled is no longer on the server.", remedy, article_id=name)
        )

    def _path(self, name: str) -> Path:
        """The file of an article; only ids that name one of ours come here."""
        return self.folder / f"{name if name in self._articles else '-'}.json"
