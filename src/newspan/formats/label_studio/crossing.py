"""Whether ranges cross, for very many ranges at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["crossing", "packed"]

Numbers = NDArray[np.int64]


def packed(*keys: Numbers) -> Numbers:
    """One number for each row, ordered as the rows are by their keys, the first one first.

    Keys are at least 0. Sorting one column is several times faster than sorting by three,
    and rows that are nearly in order, as annotations are, cost hardly anything. Raises
    OverflowError where the keys do not fit.
    """
    made, width = keys[0], 63 - int(keys[0].max(initial=0)).bit_length()
    for key in keys[1:]:
        bits = int(key.max(initial=0)).bit_length()
        width -= bits
        if width < 0 or key.min(initial=0) < 0:
            raise OverflowError
        made = (made << bits) | key
    return made


def crossing(group: Numbers, starts: Numbers, ends: Numbers) -> bool:
    """Whether two ranges of one group overlap without nesting."""
    order = np.argsort(packed(group, starts), kind="stable")
    grouped = group[order]
    # In the order of starts, if any two ranges of a group overlap, two neighbours do.
    near = (grouped[1:] == grouped[:-1]) & (starts[order][1:] < ends[order][:-1])
    if not near.any():
        return False
    suspect = np.isin(group, grouped[1:][near])
    return _unbalanced(group[suspect], starts[suspect], ends[suspect])


def _unbalanced(group: Numbers, starts: Numbers, ends: Numbers) -> bool:
    """Whether the ranges of some group do not nest like brackets.

    In the sequence of all opening and closing brackets each one must close at the depth it
    opened at; the first that does not, crosses another.
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
    depth = np.cumsum(np.where(order < n, 1, -1))
    opened, closed = np.empty(n, np.int64), np.empty(n, np.int64)
    first = order < n
    opened[order[first]] = depth[first] - 1
    closed[order[~first] - n] = depth[~first]
    return bool((opened != closed).any())
