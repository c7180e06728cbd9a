"""What a project holds of each article, kept true while articles come and go.

An article that is there twice or in part is tidied: one whole task of it is left, or none. A
task in which somebody worked, or that did not come from here, stays whatever it lacks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence

from newspan.annotations.studio.client import Studio, Uncertain
from newspan.annotations.studio.held import Held, delete, exported, held_by_article, is_worked_on
from newspan.errors import Fault, NewspanError

__all__ = ["PAUSES", "Stock"]

PAUSES = (0.0, 0.5, 2.0, 8.0, 20.0)
"""Seconds before each try of what a busy server did not do."""
_AT_ONCE = 100
"""Articles tidied together."""


class Stock:
    """The tasks of a project by article."""

    def __init__(self, studio: Studio, project: int) -> None:
        self._studio = studio
        self._project = project
        self._held: dict[str, list[Held]] = {}
        self.size = 0
        """All tasks of the project, also those without an article id."""

    def refresh(self) -> None:
        """List the project anew."""
        self._held, self.size = held_by_article(self._studio, self._project)

    def copies(self, article: str) -> list[Held]:
        """The tasks of an article that were there at the last list, and still are."""
        return self._held.get(article, [])

    def added(self, count: int) -> None:
        """Note that the server has taken so many tasks, whole, which need no look any more."""
        self.size += count

    def tidy(self, wanted: Mapping[str, str]) -> set[str]:
        """Leave one whole task, or none, of the wanted articles: id to digest of what belongs
        there. The ids of those that needed it. Raises NewspanError."""
        mended: set[str] = set()
        names = [name for name in wanted if self.copies(name)]
        for at in range(0, len(names), _AT_ONCE):
            doubtful = {n: c for n in names[at : at + _AT_ONCE] if _doubtful(c := self.copies(n))}
            if not doubtful:
                continue
            ids = [held.id for copies in doubtful.values() for held in copies]
            tasks = exported(self._studio, self._project, ids)
            worked = {task.get("id") for task in tasks if is_worked_on(task)}
            going = [
                held
                for name, copies in doubtful.items()
                for held in _going(copies, worked, wanted[name])
            ]
            numbers = {held.id for held in going}
            self.remove(sorted(numbers))
            mended |= {n for n, copies in doubtful.items() if {h.id for h in copies} & numbers}
        return mended

    def remove(self, tasks: Sequence[int]) -> None:
        """Delete tasks with all that is in them, once and for all. Raises NewspanError."""
        left = list(tasks)
        for pause in PAUSES:
            if not left:
                return
            time.sleep(pause)
            try:
                delete(self._studio, self._project, left)
            except Uncertain:
                self.refresh()
                left = sorted({*left} & {held.id for held in self._all()})
                continue
            self._forget({*left})
            return
        if left:
            raise NewspanError(
                Fault(
                    f"{self._studio.url} does not delete {len(left)} tasks.",
                    "See its log, and run the command again.",
                )
            )

    def _all(self) -> Iterator[Held]:
        for copies in self._held.values():
            yield from copies

    def _forget(self, tasks: set[int]) -> None:
        before = sum(1 for _ in self._all())
        kept = {n: [h for h in copies if h.id not in tasks] for n, copies in self._held.items()}
        self._held = {name: copies for name, copies in kept.items() if copies}
        self.size -= before - sum(1 for _ in self._all())


def _doubtful(copies: Sequence[Held]) -> bool:
    return len(copies) > 1 or any(not (held.whole or held.touched) for held in copies)


def _going(copies: Sequence[Held], worked: set[object], pushed: str) -> list[Held]:
    """The copies that need not stay: all but those with work in them, else but one whole one."""
    staying = [h for h in copies if h.id in worked or h.touched or h.record is None]
    if not staying:
        whole = [held for held in copies if held.whole]
        right = [h for h in whole if h.record is not None and h.record.pushed == pushed]
        staying = (right or whole)[:1]
    return [held for held in copies if held not in staying]
