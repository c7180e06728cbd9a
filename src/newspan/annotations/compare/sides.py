"""Two annotations of the same articles as columns: spans in an order that only their content
decides, so that neither ids nor the order of the input can change a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from newspan.errors import DocumentError, Fault
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS
from newspan.schema.tables import Tables

__all__ = ["Flags", "Numbers", "Side", "side_of"]

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
_LAYERS = list(LAYERS)


@dataclass(frozen=True)
class Side:
    """The spans and relations that one side has in the compared articles.

    Articles and layers are numbers: places in the list of compared articles and in LAYERS.
    """

    spans: pa.Table
    relations: pa.Table
    article: Numbers
    layer: Numbers
    start: Numbers
    end: Numbers
    first: Numbers
    """Place of each span's first fragment; one entry more than there are spans."""
    starts: Numbers
    """Start of each fragment."""
    ends: Numbers

    def __len__(self) -> int:
        return len(self.article)

    @property
    def group(self) -> Numbers:
        """One number for the article and layer of each span."""
        return self.article * len(_LAYERS) + self.layer

    @property
    def size(self) -> Numbers:
        """Characters of each span, gaps between fragments left out."""
        total = np.concatenate([[0], np.cumsum(self.ends - self.starts)])
        sizes: Numbers = total[self.first[1:]] - total[self.first[:-1]]
        return sizes

    def fragments(self, span: int) -> tuple[tuple[int, int], ...]:
        """The fragments of one span."""
        own = slice(self.first[span], self.first[span + 1])
        return tuple(zip(self.starts[own].tolist(), self.ends[own].tolist(), strict=True))

    def attribute(self, layer: str, name: str) -> pa.Array:
        """What each span has for an attribute of a layer; null on other layers."""
        return pc.struct_field(self.spans[layer].combine_chunks(), name)

    def taken(self, order: Numbers) -> Side:
        """The side with its spans in this order."""
        counts = np.diff(self.first)[order]
        places = ranges(self.first[:-1][order], counts)
        return replace(
            self,
            spans=self.spans.take(pa.array(order)),
            article=self.article[order],
            layer=self.layer[order],
            start=self.start[order],
            end=self.end[order],
            first=np.concatenate([[0], np.cumsum(counts)]),
            starts=self.starts[places],
            ends=self.ends[places],
        )


def ranges(begin: Numbers, counts: Numbers) -> Numbers:
    """begin[0], begin[0] + 1, … counts[0] of them; then those of begin[1]; and so on."""
    before = np.cumsum(counts) - counts
    made: Numbers = np.repeat(begin - before, counts) + np.arange(int(counts.sum()))
    return made


def side_of(tables: Tables, articles: Sequence[str]) -> Side:
    """The side that the tables hold of these articles.

    Raises DocumentError for spans that no comparison could be made of: without fragments,
    empty ones, or of an unknown layer.
    """
    chosen = pa.array(articles, pa.string())
    spans = tables.spans.filter(pc.is_in(tables.spans["article_id"], chosen)).combine_chunks()
    relations = tables.relations.filter(pc.is_in(tables.relations["article_id"], chosen))
    layer = pc.index_in(spans["layer"], pa.array(_LAYERS))
    lists = _array(spans["fragments"])
    counts = _numbers(pc.fill_null(pc.list_value_length(lists), 0))
    flat = lists.flatten()
    starts, ends = (_numbers(pc.struct_field(flat, name)) for name in ("start", "end"))
    first = np.concatenate([[0], np.cumsum(counts)])
    if layer.null_count or not counts.all() or (starts < 0).any() or (starts >= ends).any():
        raise DocumentError(
            Fault(
                "spans are of unknown layers, without fragments or empty.",
                "Run `newspan validate` on it, which says which.",
            )
        )
    made = Side(
        spans,
        relations.combine_chunks(),
        _numbers(pc.index_in(spans["article_id"], chosen)),
        _numbers(layer),
        starts[first[:-1]],
        ends[first[1:] - 1],
        first,
        starts,
        ends,
    )
    return made.taken(_order(made))


def _order(side: Side) -> Numbers:
    """Spans by article, layer and place; those of one place by what else they hold."""
    order: Numbers = np.lexsort((side.end, side.start, side.group))
    keys = np.stack([side.group, side.start, side.end])[:, order]
    tied = np.flatnonzero((keys[:, 1:] == keys[:, :-1]).all(axis=0))
    if not len(tied):
        return order
    # Runs of spans that begin and end together: few, so one by one.
    runs = [(r[0], r[-1] + 2) for r in np.split(tied, np.flatnonzero(np.diff(tied) > 1) + 1)]
    arcs = _arcs(side, np.concatenate([order[begin:end] for begin, end in runs]))
    for begin, end in runs:
        order[begin:end] = sorted(
            order[begin:end].tolist(), key=lambda span: (*_content(side, span), sorted(arcs[span]))
        )
    return order


def _content(side: Side, span: int) -> tuple[Any, str]:
    layer = _LAYERS[side.layer[span]]
    own = side.spans[layer][span].as_py() if attributes(layer) else None
    return side.fragments(span), repr(sorted((own or {}).items()))


def _arcs(side: Side, spans: Numbers) -> dict[int, list[tuple[Any, ...]]]:
    """For some spans their relations: (end they are, type, layer and place of the other end)."""
    found: dict[int, list[tuple[Any, ...]]] = {span: [] for span in spans.tolist()}
    ids, places = side.spans["id"], pa.array(spans)
    for end, other in (("head", "tail"), ("tail", "head")):
        own = side.relations.filter(pc.is_in(side.relations[end], ids.take(places)))
        here, there = (pc.index_in(own[name], ids).to_pylist() for name in (end, other))
        for kind, span, far in zip(own["type"].to_pylist(), here, there, strict=True):
            place = () if far is None else (int(side.layer[far]), side.fragments(far))
            found[span].append((end, kind or "", place))
    return found


def _array(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _numbers(column: Any) -> Numbers:
    made: Numbers = pc.fill_null(_array(column), -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return made
