"""The fast road: plain tasks straight to Arrow columns, without a Document between.

A task is plain if it has one annotation that holds just what newspan puts there; that is
the mass of an export. Columns are filled task by task and checked all at once. A task that
is not plain, and any batch in which a check fails, takes the slow road through `decode`,
which says what is wrong. Both roads give the same tables; a property test holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from newspan.formats.label_studio.assemble import Rows, assemble
from newspan.formats.label_studio.decode import decode, provenance
from newspan.formats.label_studio.typed import TypedData, TypedResult, TypedTask
from newspan.schema.labelling import controls, label_of
from newspan.schema.model import LAYERS, RELATIONS, Article
from newspan.schema.tables import Tables, tables
from newspan.text import fingerprint, is_normalized

__all__ = ["Batch", "UnsoundBatch", "slow_tables"]


_LAYER = {label_of(layer): number for number, layer in enumerate(LAYERS)}
_CONTROL = {(c.name, c.tag): number for number, c in enumerate(controls().values())}
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
    labels, answers, arcs = _sorted(made.result)
    base = len(rows.regions)
    try:
        index = {r.id: i for i, r in enumerate(labels, base)}
        places = [r.value for r in labels]
        starts = [v.start for v in places]  # type: ignore[union-attr]
        ends = [v.end for v in places]  # type: ignore[union-attr]
        text = task.data.text
        words = [text[s:e] for s, e in zip(starts, ends, strict=True)]
        layers = [_LAYER[v.labels[0]] for v in places]  # type: ignore[union-attr, index]
        targets = [index[r.id] for r in answers]
        slots = [_CONTROL[r.from_name, r.type] for r in answers]  # type: ignore[index]
        given = [r.value.choices or r.value.text for r in answers]  # type: ignore[union-attr]
        relations = sorted(
            (
                f"{r.from_id}.{r.labels[0]}.{r.to_id}",  # type: ignore[index]
                _RELATION[r.labels[0]],  # type: ignore[index]
                index[r.from_id],
                index[r.to_id],
            )
            for r in arcs
        )
    except (KeyError, TypeError, AttributeError):
        raise _NotPlain from None
    if (
        len(index) != len(labels)
        or None in index
        or None in starts
        or None in ends
        or not set(map(type, given)) <= {tuple}
        or None in [r.direction for r in arcs]
    ):
        raise _NotPlain
    who = provenance({"newspan": made.newspan, "completed_by": made.completed_by}, "annotation")
    rows.articles.append(article)
    rows.counts.append(len(labels))
    rows.provenance.append(tuple(who.values()))
    rows.regions += index  # type: ignore[arg-type]
    rows.starts += starts  # type: ignore[arg-type]
    rows.ends += ends  # type: ignore[arg-type]
    rows.layers += layers
    rows.scores += [r.score for r in labels]
    rows.words += words
    rows.controls += slots
    rows.targets += targets
    rows.answers += [answer[0] for answer in given]  # type: ignore[index]
    rows.relations += relations


def _sorted(
    results: Sequence[TypedResult],
) -> tuple[list[TypedResult], list[TypedResult], list[TypedResult]]:
    """The results that mark regions, those that give attributes, and the relations."""
    labels: list[TypedResult] = []
    answers: list[TypedResult] = []
    arcs: list[TypedResult] = []
    for result in results:
        kind = result.type
        if kind == "labels":
            labels.append(result)
        elif kind == "relation":
            arcs.append(result)
        else:
            answers.append(result)
    return labels, answers, arcs


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
