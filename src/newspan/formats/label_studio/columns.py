"""The fast road: plain tasks straight to Arrow columns, without a Document between.

A task is plain if it has one annotation that holds just what newspan puts there; that is
the mass of an export. Columns are filled task by task and checked all at once. A task that
is not plain, and any batch in which a check fails, takes the slow road through `decode`,
which says what is wrong. Both roads give the same tables; a property test holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from newspan.formats.label_studio.assemble import Rows, assemble
from newspan.formats.label_studio.decode import decode, provenance
from newspan.formats.label_studio.typed import (
    TypedAnnotation,
    TypedData,
    TypedResult,
    TypedTask,
    TypedValue,
)
from newspan.schema.labelling import controls, label_of
from newspan.schema.model import LAYERS, RELATIONS, Article
from newspan.schema.tables import Tables, tables
from newspan.text import fingerprint, is_normalized

__all__ = ["Batch", "UnsoundBatch", "slow_tables"]


_LAYER = {label_of(layer): number for number, layer in enumerate(LAYERS)}
_CONTROL = {c.name: (number, c.tag) for number, c in enumerate(controls().values())}
_RELATION = {kind: number for number, kind in enumerate(RELATIONS)}


class _NotPlain(Exception):
    """The task must take the slow road."""


class UnsoundBatch(Exception):
    """A check has failed somewhere in a batch; the slow road says which and where."""


class Batch:
    """Some tasks, taken apart one by one and put together at the end.

    Plain tasks are not kept, so that what was decoded is freed while it is still at hand.
    """

    def __init__(self) -> None:
        self._rows = Rows()
        self._slow: list[Any] = []

    def __len__(self) -> int:
        return len(self._rows.articles) + len(self._slow)

    def add(self, task: Any) -> None:
        """Take in a task, as from `task_decoder`."""
        try:
            _add(self._rows, task)
        except _NotPlain:
            self._slow.append(task)

    def tables(self, path: Path | None = None) -> Tables:
        """The tables of the tasks; spans are in order within an article.

        Raises UnsoundBatch where a check fails among the plain tasks, and DocumentError
        with the faults of the first of the others that has any.
        """
        fast = assemble(self._rows)
        if fast is None:
            raise UnsoundBatch
        if not self._slow:
            return fast
        rest = slow_tables(self._slow, path)
        return Tables(*(pa.concat_tables([a, b]) for a, b in zip(fast, rest, strict=True)))


def slow_tables(tasks: Sequence[Any], path: Path | None = None) -> Tables:
    """The tables of some tasks by way of Documents. Raises DocumentError."""
    return tables(decode(map(_builtins, tasks), None, path))


def _builtins(task: Any) -> Mapping[str, Any]:
    if isinstance(task, dict):
        return task
    made: Mapping[str, Any] = msgspec.json.decode(msgspec.json.encode(task))
    return made


def _add(rows: Rows, task: Any) -> None:
    """Take in a task. Raises _NotPlain, with nothing taken in, where it is not plain.

    What can be checked for all tasks at once is left to `assemble`.
    """
    if (
        not isinstance(task, TypedTask)
        or len(task.annotations) != 1
        or task.predictions
        or task.drafts
        or task.annotations[0].was_cancelled
    ):
        raise _NotPlain
    made = task.annotations[0]
    article = _article(task.data)
    try:
        labels = _Labels(made.result, task.data.text, len(rows.regions))
        answers = _answers(labels.answers, labels.index)
        relations = _relations(labels.arcs, labels.index)
    except (KeyError, TypeError, AttributeError):
        raise _NotPlain from None
    rows.articles.append(article)
    rows.provenance.append(_provenance(made))
    labels.put(rows)
    rows.answers += answers
    rows.relations += relations


def _provenance(made: TypedAnnotation) -> tuple[str, ...]:
    if made.newspan is None and type(made.completed_by) is int:
        return _provenance_of(made.completed_by)
    version = {"newspan": made.newspan, "completed_by": made.completed_by}
    return tuple(provenance(version, "annotation").values())


@cache
def _provenance_of(user: int) -> tuple[str, ...]:
    return tuple(provenance({"completed_by": user}, "annotation").values())


class _Labels:
    """The regions of a task; its attributes and relations are set apart for later.

    One walk over the results: to look at each again costs more than all that is done here.
    Raises KeyError, TypeError or AttributeError where a region lacks something, and
    _NotPlain where an id is given twice.
    """

    __slots__ = ("answers", "arcs", "ends", "index", "layers", "scores", "starts", "words")

    def __init__(self, results: Sequence[TypedResult], text: str, base: int) -> None:
        self.index: dict[str, int] = {}
        """Region id to the number of the span."""
        self.answers: list[TypedResult] = []
        self.arcs: list[TypedResult] = []
        starts, ends, layers, words, scores = [], [], [], [], []
        for result in results:
            kind = result.type
            if kind == "labels":
                value: TypedValue = result.value  # type: ignore[assignment]
                start, end = value.start, value.end
                self.index[result.id] = base  # type: ignore[index]
                base += 1
                starts.append(start)
                ends.append(end)
                layers.append(_LAYER[value.labels[0]])  # type: ignore[index]
                words.append(text[start:end])
                scores.append(result.score)
            elif kind == "relation":
                self.arcs.append(result)
            else:
                self.answers.append(result)
        if len(self.index) != len(starts) or None in self.index or None in starts or None in ends:
            raise _NotPlain
        self.starts, self.ends, self.layers = starts, ends, layers
        self.words, self.scores = words, scores

    def put(self, rows: Rows) -> None:
        """Add the regions to the rows."""
        rows.counts.append(len(self.starts))
        rows.regions += self.index
        rows.starts += self.starts  # type: ignore[arg-type]
        rows.ends += self.ends  # type: ignore[arg-type]
        rows.layers += self.layers
        rows.scores += self.scores
        rows.words += self.words


def _answers(
    results: Sequence[TypedResult], index: Mapping[str, int]
) -> list[tuple[int, int, str]]:
    """(number of the control, of the span, answer) of each attribute."""
    made = []
    for result in results:
        slot, tag = _CONTROL[result.from_name]  # type: ignore[index]
        value: TypedValue = result.value  # type: ignore[assignment]
        given = value.choices or value.text
        if result.type != tag or type(given) is not tuple:
            raise _NotPlain
        made.append((slot, index[result.id], given[0]))  # type: ignore[index]
    return made


def _relations(
    results: Sequence[TypedResult], index: Mapping[str, int]
) -> list[tuple[str, int, int, int]]:
    """(id without its prefix, number of the type, of the head, of the tail), sorted."""
    made = []
    for result in results:
        if result.direction is None:
            raise _NotPlain
        head, tail, kind = result.from_id, result.to_id, result.labels[0]  # type: ignore[index]
        made.append((f"{head}.{kind}.{tail}", _RELATION[kind], index[head], index[tail]))  # type: ignore[index]
    made.sort()
    return made


def _article(data: TypedData) -> Article:
    text, meta = data.text, data.article
    article = Article(text=text, title=data.title, **msgspec.structs.asdict(meta))
    if (
        article.id != data.article_id
        or article.n_chars != len(text)
        or data.text_sha256 not in (None, article.text_sha256)
        or not is_normalized(text)
        or fingerprint(text) != article.text_sha256
    ):
        raise _NotPlain
    return article
