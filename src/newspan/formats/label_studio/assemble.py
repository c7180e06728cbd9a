"""Rows that were taken from plain tasks, made into tables and checked all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_type_hints

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from newspan.formats.label_studio.crossing import crossing, packed
from newspan.formats.label_studio.encode import PROVENANCE
from newspan.schema.arrow import layer_structs, relation_schema, span_schema
from newspan.schema.fields import Field, attributes, fields_of
from newspan.schema.labelling import YES, controls
from newspan.schema.model import LAYERS, RELATIONS, Article, Span
from newspan.schema.tables import Tables, article_table, bare_tables

__all__ = ["Rows", "assemble"]

_LAYERS = list(LAYERS)
_CONTROLS = list(controls().values())
_SLOT = {(c.layer, c.field.name): number for number, c in enumerate(_CONTROLS)}
_CONTROL_LAYER = np.array([_LAYERS.index(c.layer) for c in _CONTROLS])
_REGION = "^[A-Za-z0-9_-]+$"
Numbers = NDArray[np.int64]


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
    layers: list[int] = field(default_factory=list)
    """Numbers of layers, in the order of LAYERS."""
    scores: list[float | None] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    answers: list[tuple[int, int, str]] = field(default_factory=list)
    """(number of the control, of the span, answer given)."""
    relations: list[tuple[str, int, int, int]] = field(default_factory=list)
    """(id without its prefix, number of the type, of the head, of the tail), sorted within
    an article."""


class _Refused(Exception):
    """A check has failed: somebody has to say which and where."""


def assemble(rows: Rows) -> Tables | None:
    """The tables, or None where a check fails."""
    articles = article_table(rows.articles)
    if not rows.regions:
        return bare_tables(articles)
    try:
        spans = _Spans(rows)
        return Tables(articles, spans.table(rows), spans.relations(rows))
    except (_Refused, OverflowError):
        return None


def _hold(conditions: pa.Array) -> None:
    if not pc.all(conditions, min_count=0).as_py():
        raise _Refused


class _Spans:
    """The spans in their final order: by article, start, end and id."""

    def __init__(self, rows: Rows) -> None:
        starts, ends = _whole(rows.starts), _whole(rows.ends)
        owner = np.repeat(np.arange(len(rows.counts)), rows.counts)
        self.order = _order(owner, starts, ends, rows.regions)
        self.rank = np.empty_like(self.order)
        self.rank[self.order] = np.arange(len(self.order))
        self.starts, self.ends = starts[self.order], ends[self.order]
        self.owner = owner[self.order]
        self.layers = _whole(rows.layers)[self.order]
        places = pa.array(self.order)
        self.words = pa.array(rows.words, pa.string()).take(places)
        regions = pa.array(rows.regions, pa.string()).take(places)
        self._check(rows, regions)
        self.prefixes = pa.array(
            [f"{a.id}/{p[0]}/" for a, p in zip(rows.articles, rows.provenance, strict=True)]
        )
        self.ids = pc.binary_join_element_wise(self.of_article(self.prefixes), regions, "")

    def of_article(self, values: pa.Array) -> pa.Array:
        """For each span the value of its article."""
        return values.take(pa.array(self.owner))

    def _check(self, rows: Rows, regions: pa.Array) -> None:
        """Offsets in range, no white space at an edge, sound ids, nothing crossing."""
        lengths = np.array([a.n_chars for a in rows.articles], np.int64)[self.owner]
        inside = (self.starts >= 0) & (self.starts < self.ends) & (self.ends <= lengths)
        if not inside.all():
            raise _Refused
        _hold(pc.equal(pc.utf8_trim_whitespace(self.words), self.words))
        _hold(pc.match_substring_regex(regions, _REGION))
        group = self.owner * len(_LAYERS) + self.layers
        if crossing(group, self.starts, self.ends):
            raise _Refused

    def table(self, rows: Rows) -> pa.Table:
        """The spans table."""
        n = len(self.order)
        schema = span_schema()
        starts, ends = pa.array(self.starts, pa.int32()), pa.array(self.ends, pa.int32())
        fragment = list(schema.field("fragments").type.value_type)
        scores = pa.array(rows.scores, pa.float64())
        _hold(pc.and_(pc.greater_equal(scores, 0), pc.less_equal(scores, 1)))
        columns: dict[str, Any] = {
            "id": self.ids,
            "article_id": self.of_article(pa.array([a.id for a in rows.articles])),
            "layer": pa.array(_LAYERS).take(pa.array(self.layers)),
            "fragments": pa.ListArray.from_arrays(
                pa.array(np.arange(n + 1, dtype=np.int32)),
                pa.StructArray.from_arrays([starts, ends], fields=fragment),
            ),
            "start": starts,
            "end": ends,
            "text": self.words,
            "score": scores.take(pa.array(self.order)),
            "note": pa.nulls(n, pa.string()),
            "derived_from": pa.nulls(n, pa.string()),
            **_structs(rows, self.layers, self.rank),
        }
        for number, name in enumerate(PROVENANCE, start=1):
            values = pa.array([p[number] for p in rows.provenance], pa.string())
            if not _allowed(values, _COMMON[name], Span):
                raise _Refused
            columns[name] = self.of_article(values)
        return pa.Table.from_arrays([columns[f.name] for f in schema], schema=schema)

    def relations(self, rows: Rows) -> pa.Table:
        """The relations table."""
        schema = relation_schema()
        if not rows.relations:
            return schema.empty_table()
        names, types, heads, tails = zip(*rows.relations, strict=True)
        kinds = _whole(types)
        head, tail = self.rank[_whole(heads)], self.rank[_whole(tails)]
        if not _ALLOWED[kinds, self.layers[head], self.layers[tail]].all():
            raise _Refused
        owner = pa.array(self.owner[head])
        ids = pc.binary_join_element_wise(self.prefixes.take(owner), pa.array(names), "")
        if pc.count_distinct(ids).as_py() != len(names):
            raise _Refused
        columns = {
            "id": ids,
            "article_id": pa.array([a.id for a in rows.articles]).take(owner),
            "type": pa.array(list(RELATIONS)).take(pa.array(kinds)),
            "head": self.ids.take(pa.array(head)),
            "tail": self.ids.take(pa.array(tail)),
        }
        return pa.Table.from_arrays([columns[f.name] for f in schema], schema=schema)


def _whole(values: Sequence[int]) -> Numbers:
    return np.array(values, np.int64)


def _order(owner: Numbers, starts: Numbers, ends: Numbers, regions: list[str]) -> Numbers:
    """Spans by article, start and end; by id only where those are the same."""
    keys = packed(owner, starts, ends)
    order: Numbers = np.argsort(keys, kind="stable")
    found = keys[order]
    if not (found[1:] == found[:-1]).any():
        return order
    rows = list(zip(keys.tolist(), regions, strict=True))
    return _whole(sorted(range(len(rows)), key=rows.__getitem__))


def _structs(rows: Rows, layers: Numbers, rank: Numbers) -> dict[str, pa.StructArray]:
    """The struct column of each layer, from the answers given."""
    controls, spans, words = zip(*rows.answers, strict=True) if rows.answers else ((), (), ())
    slots, targets = _whole(controls), rank[_whole(spans)]
    if (_CONTROL_LAYER[slots] != layers[targets]).any():
        raise _Refused
    answers = pc.utf8_trim_whitespace(pa.array(words, pa.string()))
    _hold(pc.not_equal(answers, ""))
    order = np.argsort(slots * len(layers) + targets)
    slots, targets, answers = slots[order], targets[order], answers.take(pa.array(order))
    if ((slots[1:] == slots[:-1]) & (targets[1:] == targets[:-1])).any():
        raise _Refused
    limits = np.searchsorted(slots, np.arange(len(_CONTROLS) + 1)).tolist()
    made = {}
    for struct in layer_structs():
        own = layers == _LAYERS.index(struct.name)
        columns = []
        for item in attributes(struct.name):
            low, high = limits[slot := _SLOT[struct.name, item.name]], limits[slot + 1]
            given = targets[low:high]
            if item.required and high - low < np.count_nonzero(own):
                raise _Refused
            columns.append(
                _column(item, LAYERS[struct.name], answers.slice(low, high - low), given, len(own))
            )
        made[struct.name] = pa.StructArray.from_arrays(
            columns, fields=list(struct.type), mask=pa.array(~own)
        )
    return made


def _column(item: Field, record: type[Span], values: pa.Array, given: Numbers, n: int) -> pa.Array:
    """One attribute of n spans: a value for each that is given one, in order, else the default."""
    if not _allowed(values, item, record):
        raise _Refused
    if item.base is bool:
        return pa.array(np.bincount(given, minlength=n) > 0)
    if not len(values):
        return pa.repeat(pa.scalar(item.default, pa.string()), n)
    place = np.zeros(n, np.int32)
    place[given] = np.arange(1, len(given) + 1, dtype=np.int32)
    default = pa.array([item.default], pa.string())
    return pa.concat_arrays([default, values]).take(pa.array(place))


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


_COMMON = {f.name: f for f in fields_of(Span)}
_ALLOWED = np.zeros((len(RELATIONS), len(LAYERS), len(LAYERS)), bool)
for _kind, _rule in enumerate(RELATIONS.values()):
    for _head in _rule.heads:
        for _tail in _rule.tails:
            _ALLOWED[_kind, _LAYERS.index(_head), _LAYERS.index(_tail)] = True
