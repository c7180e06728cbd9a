"""How well two annotations agree on attributes, given that the spans are the same.

Closed attributes (labels, yes and no) have an accuracy over all pairs and Cohen's kappa, no
answer being an answer of its own. Open ones (values, units, titles, entities) have an accuracy
over the pairs where either side gives one, and no kappa: what chance would give cannot be
said. Figures are compared by what they are worth: "2.50" is "2.5" and "4/6" is "2/3".

The key `figure` of a number is not compared: it is a name that each annotator makes up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from newspan.annotations.compare.align import Pairs
from newspan.annotations.compare.figures import Counts, Kappa, Share
from newspan.annotations.compare.sides import Flags, Numbers, Side
from newspan.schema.fields import Field, attributes
from newspan.schema.model import LAYERS, Exact

__all__ = ["answers", "answers_of", "attribute_counts", "compared", "tallied"]

_MADE_UP = ("figure",)
_WORTH = ("value", "low", "high", "magnitude")
_WHOLE = ("value", "low", "high", "modifier", "unit")
"""Attributes that make up what a number says."""


def compared(layer: str) -> tuple[Field, ...]:
    """The attributes of a layer that can be compared between annotators."""
    return tuple(f for f in attributes(layer) if f.name not in _MADE_UP)


def attribute_counts(a: Side, b: Side, pairs: Pairs, articles: int) -> Iterator[Counts]:
    """For each attribute of each layer, by article, how the answers of the pairs fall."""
    for number, layer in enumerate(LAYERS):
        own = pairs.of(a.layer[pairs.a] == number)
        article = a.article[own.a]
        for field in compared(layer):
            x, y = answers(a, b, own, layer, field.name)
            if field.values or field.base is bool:
                yield _closed((layer, field.name), x, y, article, articles)
            else:
                yield _open((layer, field.name), (x >= 0) | (y >= 0), x == y, article, articles)
        if layer == "number":
            same = np.ones(len(own.a), bool)
            for name in _WHOLE:
                x, y = answers(a, b, own, layer, name)
                same &= x == y
            key = (layer, ", ".join(_WHOLE))
            yield _open(key, np.ones(len(same), bool), same, article, articles)


def answers(a: Side, b: Side, pairs: Pairs, layer: str, name: str) -> tuple[Numbers, Numbers]:
    """What each side of the pairs answers, as numbers that are equal where the answers are.

    No answer is -1.
    """
    x = a.attribute(layer, name).take(pa.array(pairs.a))
    y = b.attribute(layer, name).take(pa.array(pairs.b))
    return answers_of(x, y, worth=name in _WORTH)


def answers_of(x: pa.Array, y: pa.Array, *, worth: bool = False) -> tuple[Numbers, Numbers]:
    """The values of two arrays as numbers that are equal where the values are; null is -1.

    With `worth`, figures are equal where they are worth the same.
    """
    both = pa.concat_arrays([x, y]).dictionary_encode()
    codes = pc.fill_null(both.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    if worth and len(both.dictionary):
        known: dict[Any, int] = {}
        table = [known.setdefault(_worth(v), len(known)) for v in both.dictionary.to_pylist()]
        codes = np.where(codes < 0, -1, np.array(table)[codes])
    return codes[: len(x)], codes[len(x) :]


def _worth(figure: str) -> Fraction | str:
    try:
        return Fraction(msgspec.convert(figure, Exact))
    except msgspec.ValidationError:
        return figure  # no figure of ours, and perhaps a huge one: worth its characters


def _closed(
    key: tuple[str, ...], x: Numbers, y: Numbers, article: Numbers, articles: int
) -> Counts:
    """A square table of answers by article, with only the answers that occur."""
    known, places = np.unique(np.concatenate([x, y]), return_inverse=True)
    n = max(1, len(known))
    cell = places[: len(x)] * n + places[len(x) :]
    rows = np.bincount(article * n * n + cell, minlength=articles * n * n).reshape(articles, -1)
    equal = tuple(float(i // n == i % n) for i in range(n * n))
    figures = {"accuracy": Share(equal, (1.0,) * (n * n)), "kappa": Kappa(n)}
    return Counts(key, rows, figures, square=n)


def _open(
    key: tuple[str, ...], counted: Flags, same: Flags, article: Numbers, articles: int
) -> Counts:
    return Counts(
        key,
        tallied(article, articles, (counted, counted & same)),
        {"accuracy": Share((0.0, 1.0), (1.0, 0.0))},
    )


def tallied(article: Numbers, articles: int, flags: Sequence[Flags]) -> Numbers:
    """By article, how often each flag is set: a column a flag."""
    return np.stack([np.bincount(article[f], minlength=articles) for f in flags], axis=-1)
