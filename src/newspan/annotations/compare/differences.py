"""The differences between two annotations themselves, one by one, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from newspan.annotations.compare.align import Pairs
from newspan.annotations.compare.attributes import answers, compared
from newspan.annotations.compare.comparison import Comparison
from newspan.annotations.compare.sides import Side
from newspan.schema.model import FRAGMENT_JOINT, LAYERS

__all__ = ["Difference", "Mark", "differences"]

Fragments = tuple[tuple[int, int], ...]
Texts = Callable[[str], str | None]


class Mark(NamedTuple):
    """A span as one side has it."""

    id: str
    fragments: Fragments
    words: str | None
    """Null where the article has no text here."""


class Difference(NamedTuple):
    """A span that one side lacks, or has otherwise."""

    article: str
    layer: str
    kind: str
    """`only A`, `only B`, `extent` or `attributes`."""
    a: Mark | None
    b: Mark | None
    attributes: dict[str, tuple[str | None, str | None]]
    """Attributes that differ: what A says, and what B says."""


def differences(found: Comparison, texts: Texts = lambda _: None) -> Iterator[Difference]:
    """Every span that the sides do not agree on, by article and place.

    `texts` gives the text of an article whose spans hold no words, where it is known.
    """
    a, b = found.sides
    answered = _unlike(found)
    mates = dict(zip(found.pairs.a.tolist(), found.pairs.b.tolist(), strict=True))
    extents = set(found.pairs.a[~found.pairs.exact].tolist())
    alone = np.setdiff1d(np.arange(len(b)), found.pairs.b).tolist()
    places = [
        (int(a.article[i]), int(a.start[i]), int(a.layer[i]), 0, i)
        for i in range(len(a))
        if i not in mates or i in extents or i in answered
    ]
    places += [(int(b.article[j]), int(b.start[j]), int(b.layer[j]), 1, j) for j in alone]
    layers = list(LAYERS)
    for article, _, layer, side, span in sorted(places):
        name = found.articles[article]
        mine = _mark((a, b)[side], span, name, texts)
        common = name, layers[layer]
        if side:
            yield Difference(*common, "only B", None, mine, {})
        elif span not in mates:
            yield Difference(*common, "only A", mine, None, {})
        else:
            kind = "extent" if span in extents else "attributes"
            other = _mark(b, mates[span], name, texts)
            yield Difference(*common, kind, mine, other, answered.get(span, {}))


def _mark(side: Side, span: int, article: str, texts: Texts) -> Mark:
    fragments = side.fragments(span)
    words = side.spans["text"][span].as_py()
    if words is None and (text := texts(article)) is not None:
        words = FRAGMENT_JOINT.join(text[start:end] for start, end in fragments)
    return Mark(side.spans["id"][span].as_py(), fragments, words)


def _unlike(found: Comparison) -> dict[int, dict[str, tuple[str | None, str | None]]]:
    """For the paired spans of A whose attributes differ: attribute to the two answers."""
    a, b = found.sides
    unlike: dict[int, dict[str, tuple[str | None, str | None]]] = {}
    for number, layer in enumerate(LAYERS):
        own = found.pairs.of(a.layer[found.pairs.a] == number)
        for field in compared(layer):
            x, y = answers(a, b, own, layer, field.name)
            apart: Pairs = own.of(x != y)
            columns = a.attribute(layer, field.name), b.attribute(layer, field.name)
            for i, j in zip(apart.a.tolist(), apart.b.tolist(), strict=True):
                told = _told(columns[0][i].as_py()), _told(columns[1][j].as_py())
                unlike.setdefault(i, {})[field.name] = told
    return unlike


def _told(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)
