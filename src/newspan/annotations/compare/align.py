"""Which span of one annotation is which of the other: one to one, article by article and layer
by layer.

Spans with the same fragments are paired first, those of one type before others. What is left
is paired so that the shares of common characters (shared characters by all characters of
both) add up to the most; among equals, so that most spans are paired, then most of one type.
That is the assignment problem, solved exactly for every knot of spans that overlap.
Characters between the fragments of a discontinuous span are no part of it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from newspan.annotations.compare.sides import Flags, Numbers, Side, ranges
from newspan.errors import Fault, MissingExtra
from newspan.schema.fields import main_attribute
from newspan.schema.model import LAYERS

__all__ = ["Pairs", "align", "overlaps", "types"]

_SHARE_BITS = 20
"""Shares of common characters are compared to a millionth."""


class Pairs(NamedTuple):
    """Spans of side A and side B that are taken for the same, by their places in the sides."""

    a: Numbers
    b: Numbers
    exact: Flags
    """Whether they have the same fragments."""

    def of(self, chosen: Flags) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.a[chosen], self.b[chosen], self.exact[chosen])


def types(side: Side) -> Numbers:
    """The type of each span, as a number; -1 where it has none."""
    made: Numbers = np.full(len(side), -1)
    for number, layer in enumerate(LAYERS):
        field = main_attribute(layer)
        if field is not None:
            codes = pc.index_in(side.attribute(layer, field.name), pa.array(field.values))
            found = pc.fill_null(codes, -1).to_numpy(zero_copy_only=False)
            made = np.where(side.layer == number, found, made)
    return made


def align(a: Side, b: Side) -> Pairs:
    """The pairs, in the order of A's spans. Raises MissingExtra without scipy."""
    same_a, same_b = _identities(a, b)
    type_a, type_b = types(a), types(b)
    most = max(int(type_a.max(initial=-1)), int(type_b.max(initial=-1))) + 2
    i, j = _first_with_first(same_a * most + type_a + 1, same_b * most + type_b + 1)
    rest_a, rest_b = _others(len(a), i), _others(len(b), j)
    k, m = _first_with_first(same_a[rest_a], same_b[rest_b])
    i, j = np.concatenate([i, rest_a[k]]), np.concatenate([j, rest_b[m]])
    rest_a, rest_b = _others(len(a), i), _others(len(b), j)
    k, m = _best(a, rest_a, type_a, b, rest_b, type_b)
    exact = np.arange(len(i) + len(k)) < len(i)
    i, j = np.concatenate([i, k]), np.concatenate([j, m])
    order = np.argsort(i)
    return Pairs(i[order], j[order], exact[order])


def _others(n: int, taken: Numbers) -> Numbers:
    left = np.ones(n, bool)
    left[taken] = False
    return np.flatnonzero(left)


def _identities(a: Side, b: Side) -> tuple[Numbers, Numbers]:
    """Numbers that are equal where article, layer and fragments are."""
    shapes: dict[tuple[tuple[int, int], ...], int] = {}
    columns = []
    for side in (a, b):
        shape = np.zeros(len(side), np.int64)
        for span in np.flatnonzero(np.diff(side.first) > 1).tolist():
            shape[span] = shapes.setdefault(side.fragments(span), len(shapes) + 1)
        columns.append(np.stack([shape, side.end, side.start, side.group]))
    keys = np.concatenate(columns, axis=1)
    order = np.lexsort(keys)
    found = keys[:, order]
    codes = np.empty(len(order), np.int64)
    codes[order] = np.cumsum(
        np.concatenate([[False], (found[:, 1:] != found[:, :-1]).any(axis=0)])[: len(order)]
    )
    return codes[: len(a)], codes[len(a) :]


def _first_with_first(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """Places of equal keys: the first of a key with its first, the second with its second."""
    ranks = []
    for keys in (a, b):
        order = np.argsort(keys, kind="stable")
        found = keys[order]
        begins = np.searchsorted(found, found, side="left")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order)) - begins
        ranks.append(rank)
    width = 1 + max(int(rank.max(initial=0)) for rank in ranks)
    keyed = a * width + ranks[0], b * width + ranks[1]
    _, i, j = np.intersect1d(keyed[0], keyed[1], assume_unique=True, return_indices=True)
    return i, j


def overlaps(
    a: tuple[Numbers, Numbers], b: tuple[Numbers, Numbers]
) -> tuple[Numbers, Numbers, Numbers]:
    """(place in a, place in b, shared length) of all ranges that overlap.

    Each side is (starts, ends), half-open. The ranges of a side may nest and overlap.
    """
    found = []
    edges: tuple[Literal["left", "right"], ...] = ("left", "right")
    for (starts, ends), (others, _), edge in zip((a, b), (b, a), edges, strict=True):
        # Of two ranges that overlap, one begins within the other; where both begin together,
        # the first turn finds them.
        order = np.argsort(others, kind="stable")
        begins = others[order]
        low = np.searchsorted(begins, starts, side=edge)
        counts = np.searchsorted(begins, ends, side="left") - low
        found.append((np.repeat(np.arange(len(starts)), counts), order[ranges(low, counts)]))
    i = np.concatenate([found[0][0], found[1][1]])
    j = np.concatenate([found[0][1], found[1][0]])
    return i, j, np.minimum(a[1][i], b[1][j]) - np.maximum(a[0][i], b[0][j])


def _fragments(side: Side, chosen: Numbers, width: int) -> tuple[Numbers, tuple[Numbers, Numbers]]:
    """(owner, (starts, ends)) of the fragments of some spans, on one line for all groups."""
    counts = np.diff(side.first)[chosen]
    places = ranges(side.first[:-1][chosen], counts)
    offset = np.repeat(side.group[chosen], counts) * width
    owner = np.repeat(np.arange(len(chosen)), counts)
    return owner, (side.starts[places] + offset, side.ends[places] + offset)


def _best(
    a: Side, rest_a: Numbers, type_a: Numbers, b: Side, rest_b: Numbers, type_b: Numbers
) -> tuple[Numbers, Numbers]:
    """The best pairs among spans of which none is in both."""
    width = 1 + max(int(a.ends.max(initial=0)), int(b.ends.max(initial=0)))
    owner_a, parts_a = _fragments(a, rest_a, width)
    owner_b, parts_b = _fragments(b, rest_b, width)
    i, j, shared = overlaps(parts_a, parts_b)
    keys, where = np.unique(owner_a[i] * max(1, len(rest_b)) + owner_b[j], return_inverse=True)
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    i, j = keys // len(rest_b), keys % len(rest_b)
    common = np.bincount(where, weights=shared)
    of_both = a.size[rest_a[i]] + b.size[rest_b[j]] - common
    share = np.rint(common / of_both * (1 << _SHARE_BITS)).astype(np.int64)
    same = (type_a[rest_a[i]] == type_b[rest_b[j]]).astype(np.int64)
    chosen = _chosen(i, j, share, same, rest_a, rest_b, a, b)
    return rest_a[i[chosen]], rest_b[j[chosen]]


def _chosen(
    i: Numbers, j: Numbers, share: Numbers, same: Numbers,
    rest_a: Numbers, rest_b: Numbers, a: Side, b: Side,
) -> Numbers:  # fmt: skip
    """Places of the edges (i, j) that the best assignment takes."""
    knots = _knots(i, j, len(rest_a), len(rest_b))
    order = np.argsort(knots, kind="stable")
    begins = np.flatnonzero(np.concatenate([[True], np.diff(knots[order]) != 0]))
    counts = np.diff(np.append(begins, len(order)))
    taken = [order[begins[counts == 1]]]
    for begin, count in zip(begins[counts > 1], counts[counts > 1], strict=True):
        edges = order[begin : begin + count]
        # The same matrix, whichever side is called A: of two solutions that are as good, the
        # solver takes one, and it must be the same one.
        turned = b.fragments(rest_b[j[edges].min()]) < a.fragments(rest_a[i[edges].min()])
        rows, columns = (j[edges], i[edges]) if turned else (i[edges], j[edges])
        taken.append(edges[_assigned(rows, columns, share[edges], same[edges])])
    return np.concatenate(taken)


def _knots(i: Numbers, j: Numbers, n_a: int, n_b: int) -> NDArray[np.int32]:
    """For each edge the number of the connected component it is in."""
    try:
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components
    except ImportError as error:
        raise MissingExtra(
            Fault("scipy is not installed.", "Install it: pip install 'newspan[agreement]'.")
        ) from error
    graph = coo_array((np.ones(len(i), np.int8), (i, n_a + j)), shape=(n_a + n_b,) * 2)
    labels: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return labels[i]


def _assigned(rows: Numbers, columns: Numbers, share: Numbers, same: Numbers) -> Numbers:
    """Places of the edges of one knot that the best assignment takes."""
    from scipy.optimize import linear_sum_assignment

    own_rows, row = np.unique(rows, return_inverse=True)
    own_columns, column = np.unique(columns, return_inverse=True)
    # Three sums in one number, each with room for the most it can come to, so that a later
    # one only decides where the earlier ones are equal. Floats hold whole numbers of 53 bits.
    bits = min(len(own_rows), len(own_columns)).bit_length()
    spare = max(0, _SHARE_BITS + 3 * bits - 53)
    weights = (np.maximum(share >> spare, 1) << 2 * bits) + (1 << bits) + same
    matrix = np.zeros((len(own_rows), len(own_columns)))
    matrix[row, column] = weights
    place = np.full(matrix.shape, -1)
    place[row, column] = np.arange(len(rows))
    found: Numbers = place[linear_sum_assignment(matrix, maximize=True)]
    return found[found >= 0]
