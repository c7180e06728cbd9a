"""Rows that were taken from plain tasks, made into tables and checked all at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_type_hints

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from newspan.schema.arrow import layer_structs, relation_schema, span_schema
from newspan.formats.label_studio.encode import PROVENANCE
from newspan.schema.fields import Field, attributes, fields_of
from newspan.schema.labelling import YES, controls, label_of
from newspan.schema.model import LAYERS, RELATIONS, Article, Span
from newspan.schema.tables import Tables, article_table

__all__ = ["Rows", "assemble"]

_LAYERS = list(LAYERS)
_LABELS = [label_of(layer) for layer in LAYERS]
_CONTROLS = list(controls().values())
_CONTROL_NAMES = [c.name for c in _CONTROLS]
_CONTROL_LAYER = np.array([_LAYERS.index(c.layer) for c in _CONTROLS])
_CONTROL_TYPES = pa.array([c.tag for c in _CONTROLS])
_REGION = "^[A-Za-z0-9_-]+$"


@dataclass(slots=True)
class Rows:
    """What plain tasks hold: a list a column, one entry an article, span, answer or relation."""

    articles: list[Article] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    """Spans of each article."""
    provenance: list[tuple[str, ...]] = field(default_factory=list)
    """Pass, annotator, annotator_kind and status of each article's spans."""
    regions: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    scores: list[float | None] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    controls: list[str | None] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    """Number of the span that an answer is about."""
    answers: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    """Type of the result an answer came in."""
    types: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    tails: list[int] = field(default_factory=list)


class _Refused(Exception):
    """A check has failed: somebody has to say which and where."""


def assemble(rows: Rows) -> Tables | None:
    """The tables, or None where a check fails."""
    if not rows.articles:
        return Tables(
            article_table([]), span_schema().empty_table(), relation_schema().empty_table()
        )
    try:
        owner = np.repeat(np.arange(len(rows.counts)), rows.counts)
        layers = _numbers(rows.labels, _LABELS)
        _check_places(rows, owner, layers)
        prefixes = [f"{a.id}/{p[0]}/" for a, p in zip(rows.articles, rows.provenance, strict=True)]
        ids = _joined(_taken(prefixes, owner), pa.array(rows.regions, pa.string()))
        return Tables(
            article_table(rows.articles),
            _spans(rows, owner, layers, ids),
            _relations(rows, owner, layers, ids),
        )
    except (_Refused, OverflowError):
        return None


def _numbers(values: list[Any], known: list[str]) -> NDArray[np.int64]:
    """The place of each value in a list of known ones."""
    found = pc.index_in(pa.array(values, pa.string()), pa.array(known))
    if found.null_count:
        raise _Refused
    return np.asarray(found.to_numpy(), np.int64)


def _taken(values: list[str], places: NDArray[np.int64]) -> pa.Array:
    return pa.array(values, pa.string()).take(pa.array(places))


def _joined(*columns: Any) -> pa.Array:
    return pc.binary_join_element_wise(*columns, "")


def _hold(conditions: pa.Array) -> None:
    if not pc.all(conditions, min_count=0).as_py():
        raise _Refused


def _check_places(rows: Rows, owner: NDArray[np.int64], layers: NDArray[np.int64]) -> None:
    """Offsets in range, no white space at an edge, sound ids, nothing crossing in a layer."""
    starts, ends = np.array(rows.starts, np.int64), np.array(rows.ends, np.int64)
    lengths = np.array([a.n_chars for a in rows.articles], np.int64)[owner]
    if not ((starts >= 0) & (starts < ends) & (ends <= lengths)).all():
        raise _Refused
    words = pa.array(rows.words, pa.string())
    _hold(pc.equal(pc.utf8_trim_whitespace(words), words))
    _hold(pc.match_substring_regex(pa.array(rows.regions, pa.string()), _REGION))
    if _crossing(owner * len(_LAYERS) + layers, starts, ends):
        raise _Refused


def _crossing(group: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> bool:
    """Whether two ranges of one group overlap without nesting.

    Ranges nest like brackets. In the sequence of all opening and closing brackets each one
    must close at the depth it opened at; the first that does not, crosses another.
    """
    n = len(starts)
    lengths = ends - starts
    groups = np.concatenate([group, group])
    places = np.concatenate([starts, ends])
    closing = np.repeat([1, 0], n)  # at one place, close before opening
    # Opening: longer first. Closing: shorter first. Equal ranges close in reverse order.
    size = np.concatenate([-lengths, lengths])
    rank = np.concatenate([np.arange(n), -np.arange(n)])
    order = np.lexsort((rank, size, closing, places, groups))
    step = np.where(order < n, 1, -1)
    depth = np.cumsum(step)
    opened, closed = np.empty(n, np.int64), np.empty(n, np.int64)
    first = order < n
    opened[order[first]] = depth[first] - 1
    closed[order[~first] - n] = depth[~first]
    return bool((opened != closed).any())


def _structs(rows: Rows, layers: NDArray[np.int64]) -> dict[str, pa.StructArray]:
    """The struct column of each layer, from the answers given."""
    n = len(layers)
    slots = _numbers(rows.controls, _CONTROL_NAMES)
    targets = np.array(rows.targets, np.int64)
    if (_CONTROL_LAYER[slots] != layers[targets]).any():
        raise _Refused
    _hold(pc.equal(_CONTROL_TYPES.take(pa.array(slots)), pa.array(rows.chosen, pa.string())))
    answers = pc.utf8_trim_whitespace(pa.array(rows.answers, pa.string()))
    _hold(pc.not_equal(answers, ""))
    made = {}
    for struct in layer_structs():
        own = layers == _LAYERS.index(struct.name)
        columns = [
            _column(item, struct.name, n, own, slots, targets, answers)
            for item in attributes(struct.name)
        ]
        made[struct.name] = pa.StructArray.from_arrays(
            columns, fields=list(struct.type), mask=pa.array(~own)
        )
    return made


def _column(
    item: Field, layer: str, n: int, own: NDArray[np.bool_], slots: NDArray[np.int64],
    targets: NDArray[np.int64], answers: pa.Array,
) -> pa.Array:  # fmt: skip
    """One attribute for all spans: the answer where there is one, else the default."""
    chosen = np.flatnonzero(slots == _CONTROL_NAMES.index(f"{layer}_{item.name}"))
    if not len(chosen) and not item.required:
        kind = pa.bool_() if item.base is bool else pa.string()
        return pa.repeat(pa.scalar(item.default, kind), n)
    values = answers.take(pa.array(chosen))
    if not _allowed(values, item, LAYERS[layer]):
        raise _Refused
    place = np.full(n, -1, np.int64)
    place[targets[chosen]] = np.arange(len(chosen))
    if item.required and (place[own] < 0).any():
        raise _Refused
    if item.base is bool:
        return pa.array(place >= 0)
    column = values.take(pa.array(place, mask=place < 0))
    return column if item.default is None else pc.fill_null(column, item.default)


def _allowed(values: pa.Array, item: Field, record: type[Span]) -> bool:
    """Whether all answers are such as the model allows for the field."""
    if item.base is bool:
        return bool(pc.all(pc.equal(values, YES), min_count=0).as_py())
    if item.values:
        return bool(pc.all(pc.is_in(values, pa.array(item.values)), min_count=0).as_py())
    try:
        msgspec.convert(pc.unique(values).to_pylist(), list[_hints(record)[item.name]])  # type: ignore[misc]
    except msgspec.ValidationError:
        return False
    return True


@cache
def _hints(record: type[Span]) -> dict[str, Any]:
    return get_type_hints(record, include_extras=True)


def _spans(
    rows: Rows, owner: NDArray[np.int64], layers: NDArray[np.int64], ids: pa.Array
) -> pa.Table:
    n = len(layers)
    schema = span_schema()
    starts, ends = pa.array(rows.starts, pa.int32()), pa.array(rows.ends, pa.int32())
    fragments = schema.field("fragments").type
    columns: dict[str, Any] = {
        "id": ids,
        "article_id": _taken([a.id for a in rows.articles], owner),
        "layer": _taken(_LAYERS, layers),
        "fragments": pa.ListArray.from_arrays(
            pa.array(np.arange(n + 1, dtype=np.int32)),
            pa.StructArray.from_arrays([starts, ends], fields=list(fragments.value_type)),
        ),
        "start": starts,
        "end": ends,
        "text": pa.array(rows.words, pa.string()),
        "score": pa.array(rows.scores, pa.float64()),
        "note": pa.nulls(n, pa.string()),
        "derived_from": pa.nulls(n, pa.string()),
        **_structs(rows, layers),
    }
    scores = columns["score"]
    _hold(pc.and_(pc.greater_equal(scores, 0), pc.less_equal(scores, 1)))
    for number, name in enumerate(PROVENANCE, start=1):
        values = [p[number] for p in rows.provenance]
        if not _allowed(pa.array(values), _COMMON[name], Span):
            raise _Refused
        columns[name] = _taken(values, owner)
    table = pa.Table.from_arrays([columns[f.name] for f in schema], schema=schema)
    return table.take(_order(rows, owner, ids))


def _order(rows: Rows, owner: NDArray[np.int64], ids: pa.Array) -> pa.Array:
    """Spans by article, start and end; by id only where those are the same."""
    keys = (np.array(rows.ends), np.array(rows.starts), owner)
    order = np.lexsort(keys)
    same = np.ones(max(0, len(order) - 1), bool)
    for key in keys:
        same &= np.diff(key[order]) == 0
    if not same.any():
        return pa.array(order)
    table = pa.table([*map(pa.array, reversed(keys)), ids], names=["owner", "start", "end", "id"])
    return pc.sort_indices(table, [(name, "ascending") for name in table.column_names])


def _relations(
    rows: Rows, owner: NDArray[np.int64], layers: NDArray[np.int64], ids: pa.Array
) -> pa.Table:
    schema = relation_schema()
    if not rows.types:
        return schema.empty_table()
    heads, tails = np.array(rows.heads), np.array(rows.tails)
    kinds = _numbers(rows.types, list(RELATIONS))
    if not _ALLOWED[kinds, layers[heads], layers[tails]].all():
        raise _Refused
    regions = pa.array(rows.regions, pa.string())
    head_ids = ids.take(pa.array(heads))
    types = pa.array(rows.types, pa.string())
    columns = {
        "id": _joined(head_ids, ".", types, ".", regions.take(pa.array(tails))),
        "article_id": _taken([a.id for a in rows.articles], owner[heads]),
        "type": types,
        "head": head_ids,
        "tail": ids.take(pa.array(tails)),
    }
    if pc.count_distinct(columns["id"]).as_py() != len(types):
        raise _Refused
    table = pa.Table.from_arrays([columns[f.name] for f in schema], schema=schema)
    return table.sort_by([("article_id", "ascending"), ("id", "ascending")])


_COMMON = {f.name: f for f in fields_of(Span)}
_ALLOWED = np.zeros((len(RELATIONS), len(LAYERS), len(LAYERS)), bool)
for _kind, _rule in enumerate(RELATIONS.values()):
    for _head in _rule.heads:
        for _tail in _rule.tails:
            _ALLOWED[_kind, _LAYERS.index(_head), _LAYERS.index(_tail)] = True
