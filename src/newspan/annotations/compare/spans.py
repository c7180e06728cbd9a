"""How well the spans of two annotations agree: counts by article for each layer.

The schemes are those of SemEval-2013 task 9.1, within a layer, over pairs that are one to one:

- `exact`: the same fragments, whatever the type;
- `overlap`: some characters in common;
- `partial`: a pair of the same fragments counts 1, one that only overlaps 1/2;
- `strict`: the same fragments and the same type;
- `type`: some characters in common, and the same type.

The type is the layer's first label: that of an actor, the kind of a location or number, the
form of a quote. Layers without one have neither strict nor type.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from newspan.annotations.compare.align import Pairs, overlaps, types
from newspan.annotations.compare.figures import Counts, Kappa, Share
from newspan.annotations.compare.sides import Numbers, Side
from newspan.schema.fields import main_attribute
from newspan.schema.model import LAYERS

__all__ = ["SCHEMES", "character_counts", "span_counts"]

_COLUMNS = ("a", "b", "exact", "overlap", "strict", "type")
SCHEMES = {
    "exact": {"exact": 1.0},
    "overlap": {"overlap": 1.0},
    "partial": {"overlap": 0.5, "exact": 0.5},
    "strict": {"strict": 1.0},
    "type": {"type": 1.0},
}
"""Name of a scheme to what a pair of each sort counts."""
_NEED_TYPES = ("strict", "type")


def _figures(typed: bool) -> dict[str, Share]:
    made = {}
    for scheme, credit in SCHEMES.items():
        if typed or scheme not in _NEED_TYPES:
            above = tuple(credit.get(column, 0.0) for column in _COLUMNS)
            made[f"{scheme} precision"] = Share(above, (0.0, 1.0, 0.0, 0.0, 0.0, 0.0))
            made[f"{scheme} recall"] = Share(above, (1.0, 0.0, 0.0, 0.0, 0.0, 0.0))
            twice = tuple(2 * weight for weight in above)
            made[f"{scheme} f1"] = Share(twice, (1.0, 1.0, 0.0, 0.0, 0.0, 0.0))
    return made


def span_counts(a: Side, b: Side, pairs: Pairs, articles: int) -> Iterator[Counts]:
    """For each layer, by article: spans of A and of B, and pairs of each sort."""
    same_type = types(a)[pairs.a] == types(b)[pairs.b]
    chosen = {
        "a": a.group,
        "b": b.group,
        "exact": a.group[pairs.a[pairs.exact]],
        "overlap": a.group[pairs.a],
        "strict": a.group[pairs.a[pairs.exact & same_type]],
        "type": a.group[pairs.a[same_type]],
    }
    cells = np.stack([_by_article(chosen[name], articles) for name in _COLUMNS], axis=-1)
    for number, layer in enumerate(LAYERS):
        figures = _figures(main_attribute(layer) is not None)
        yield Counts((layer,), cells[:, number], dict(figures))


def _by_article(groups: Numbers, articles: int) -> Numbers:
    made: Numbers = np.bincount(groups, minlength=articles * len(LAYERS))
    return made.reshape(articles, len(LAYERS))


def character_counts(a: Side, b: Side, lengths: Numbers) -> Iterator[Counts]:
    """For each layer, by article, a table of characters: inside a span for A, and for B.

    Its kappa is agreement on spans beyond chance: two annotators who mark as much as these,
    but anywhere, would by chance agree on some characters. It is defined without a guess at
    how many spans there could be, and weighs long spans more than short ones.
    """
    width = 1 + int(lengths.max(initial=0))
    width = max([width, *(1 + int(side.ends.max(initial=0)) for side in (a, b))])
    in_a, in_b = (_covered(side, width) for side in (a, b))
    i, _, shared = overlaps(in_a, in_b)
    size = len(lengths) * len(LAYERS)
    both = np.bincount(in_a[0][i] // width, shared, size)
    inside = [np.bincount(s // width, e - s, size) for s, e in (in_a, in_b)]
    whole = np.repeat(lengths, len(LAYERS))
    only_a, only_b = inside[0] - both, inside[1] - both
    cells = np.stack([both, only_a, only_b, whole - both - only_a - only_b], axis=-1)
    cells = np.rint(cells).astype(np.int64).reshape(len(lengths), len(LAYERS), 4)
    for number, layer in enumerate(LAYERS):
        yield Counts((layer,), cells[:, number], {"characters kappa": Kappa(2)})


def _covered(side: Side, width: int) -> tuple[Numbers, Numbers]:
    """The stretches that the spans of each group cover together, on one line for all groups."""
    offset = np.repeat(side.group, np.diff(side.first)) * width
    starts, ends = side.starts + offset, side.ends + offset
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    begins = np.flatnonzero(np.concatenate([[True], starts[1:] > reach[:-1]])[: len(starts)])
    return starts[begins], reach[np.append(begins[1:], len(starts))[: len(begins)] - 1]
