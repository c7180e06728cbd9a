"""How well two annotations agree on relations.

- `spans given`: of the relations whose two ends are paired, those that both sides have;
- `end to end`: of all relations, those that both sides have between paired spans;
- `exact`: the same, between spans of the same fragments.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from newspan.annotations.compare.align import Pairs
from newspan.annotations.compare.attributes import tallied
from newspan.annotations.compare.figures import Counts, Share, f1
from newspan.annotations.compare.sides import Side
from newspan.errors import DocumentError, Fault
from newspan.schema.model import RELATIONS

__all__ = ["Arcs", "relation_counts"]

_KINDS = list(RELATIONS)


class SideArcs:
    """The relations of a side: types as numbers, ends as places of spans."""

    def __init__(self, side: Side) -> None:
        found = side.relations
        ids = side.spans["id"].combine_chunks()
        columns = {
            "kind": pc.index_in(found["type"], pa.array(_KINDS)),
            "head": pc.index_in(found["head"], ids),
            "tail": pc.index_in(found["tail"], ids),
        }
        if any(column.null_count for column in columns.values()):
            raise DocumentError(
                Fault(
                    "relations are of unknown types or end at no span.",
                    "Run `newspan validate` on it, which says which.",
                )
            )
        self.kind, self.head, self.tail = (
            np.asarray(column.combine_chunks()).astype(np.int64) for column in columns.values()
        )
        self.article = side.article[self.head]


class Arcs:
    """The relations of both sides, and which of A's are in B too.

    `given_a` and `given_b`: both ends are paired; `same`: B has it between the paired spans;
    `exact`: and these have the same fragments.
    """

    def __init__(self, a: Side, b: Side, pairs: Pairs) -> None:
        self.a, self.b = SideArcs(a), SideArcs(b)
        mate_a, mate_b = np.full(len(a), -1), np.full(len(b), -1)
        mate_a[pairs.a], mate_b[pairs.b] = pairs.b, pairs.a
        exact = np.zeros(len(a), bool)
        exact[pairs.a[pairs.exact]] = True
        head, tail = mate_a[self.a.head], mate_a[self.a.tail]
        self.given_a = (head >= 0) & (tail >= 0)
        self.given_b = (mate_b[self.b.head] >= 0) & (mate_b[self.b.tail] >= 0)
        n = len(b)
        there = (self.b.kind * n + self.b.head) * n + self.b.tail
        self.same = self.given_a & np.isin((self.a.kind * n + head) * n + tail, there)
        self.exact = self.same & exact[self.a.head] & exact[self.a.tail]


def relation_counts(arcs: Arcs, articles: int) -> Iterator[Counts]:
    """For each type of relation, by article, the relations of each sort."""
    width = 6
    for number, kind in enumerate(_KINDS):
        in_a, in_b = arcs.a.kind == number, arcs.b.kind == number
        columns = [
            tallied(arcs.a.article, articles, (in_a,)),
            tallied(arcs.b.article, articles, (in_b,)),
            tallied(arcs.a.article, articles, (in_a & arcs.given_a,)),
            tallied(arcs.b.article, articles, (in_b & arcs.given_b,)),
            tallied(arcs.a.article, articles, (in_a & arcs.same, in_a & arcs.exact)),
        ]
        figures = {
            "spans given f1": f1(4, 2, 3, width),
            "end to end precision": Share(_unit(4), _unit(1)),
            "end to end recall": Share(_unit(4), _unit(0)),
            "end to end f1": f1(4, 0, 1, width),
            "exact f1": f1(5, 0, 1, width),
        }
        yield Counts((kind,), np.concatenate(columns, axis=1), dict(figures))


def _unit(place: int) -> tuple[float, ...]:
    return tuple(float(place == at) for at in range(6))
