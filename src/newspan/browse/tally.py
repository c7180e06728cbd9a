"""Counting the rows of a corpus by what they hold, and by origin and split."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from newspan.corpus.counts import ORIGINS
from newspan.corpus.load import Corpus
from newspan.schema.fields import Field, attributes
from newspan.schema.model import SPLITS

__all__ = ["Cells", "Grid", "Tally", "attribute_column", "span_lengths", "values_of"]

NO_SPLIT = "no split"
YES = "yes"
NOT_GIVEN = "not given"

Cells = NDArray[np.int64]
"""For each row the origin and split it is counted under, as one number; -1 for none."""


class Tally(NamedTuple):
    """How many rows: of each origin, of each split, and of all."""

    origins: dict[str, int]
    splits: dict[str, int]
    all: int

    def cells(self) -> list[int]:
        """The numbers in the order of `Grid.columns`."""
        return [*self.origins.values(), *self.splits.values(), self.all]


class Grid:
    """The origins and splits of a corpus, and counts of rows by them."""

    def __init__(self, corpus: Corpus) -> None:
        articles = corpus.articles
        splits = pc.fill_null(articles["split"], NO_SPLIT)
        self.origins = _in_order(articles["origin"], ORIGINS)
        self.splits = _in_order(splits, (*SPLITS, NO_SPLIT))
        self.columns = [*self.origins, *self.splits, "all"]
        origin = pc.index_in(articles["origin"], value_set=pa.array(self.origins, pa.string()))
        split = pc.index_in(splits, value_set=pa.array(self.splits, pa.string()))
        width = len(self.splits)
        self.articles: Cells = origin.to_numpy().astype(np.int64) * width + split.to_numpy()
        """The cell of each article."""
        self._ids = articles["id"].combine_chunks()

    def cells_of(self, article_ids: pa.ChunkedArray, articles: Cells | None = None) -> Cells:
        """The cell of each row from the id of its article; -1 where there is no such article.

        `articles` are the cells of the articles, if they are to differ from `self.articles`.
        """
        places = pc.index_in(article_ids, value_set=self._ids)
        at = pc.fill_null(places, len(self.articles)).to_numpy()
        own = self.articles if articles is None else articles
        found: Cells = np.append(own, -1)[at]
        return found

    def articles_by_split(self) -> dict[tuple[str, str], int]:
        """Articles by origin and split."""
        counted = np.bincount(self.articles, minlength=len(self.origins) * len(self.splits))
        keys = product(self.origins, self.splits)
        return dict(zip(keys, counted.tolist(), strict=True))

    def tally(self, keys: Any, cells: Cells, weights: Any | None = None) -> dict[Any, Tally]:
        """For each key how many rows have it, or the sum of their weights, if they have any."""
        whole = keys.combine_chunks() if isinstance(keys, pa.ChunkedArray) else keys
        coded = whole.dictionary_encode(null_encoding="encode")
        names = coded.dictionary.to_pylist()
        rows, columns = len(self.origins), len(self.splits)
        kept = cells >= 0
        places = coded.indices.to_numpy().astype(np.int64) * (rows * columns) + cells
        if weights is not None:
            weights = pc.fill_null(weights, 0).to_numpy()[kept]
        counted = np.bincount(places[kept], weights, minlength=len(names) * rows * columns)
        cube = counted.astype(np.int64).reshape(len(names), rows, columns)
        return {name: self._tally(cube[at]) for at, name in enumerate(names)}

    def filled(self, found: dict[Any, Tally], keys: Iterable[Any]) -> list[tuple[Any, Tally]]:
        """Each of the keys with its tally, in order; zeros where none was found."""
        none = self._tally(np.zeros((len(self.origins), len(self.splits)), np.int64))
        return [(key, found.get(key, none)) for key in keys]

    def _tally(self, numbers: NDArray[np.int64]) -> Tally:
        return Tally(
            dict(zip(self.origins, numbers.sum(axis=1).tolist(), strict=True)),
            dict(zip(self.splits, numbers.sum(axis=0).tolist(), strict=True)),
            int(numbers.sum()),
        )


def _in_order(column: pa.ChunkedArray, known: tuple[str, ...]) -> list[str]:
    """The values that occur: the known ones in their order, then others."""
    found = set(column.unique().to_pylist())
    return [*(name for name in known if name in found), *sorted(found - set(known))]


def values_of(field: Field) -> tuple[str, ...]:
    """The values by which an attribute is counted; none where it is free text."""
    return field.values or ((YES,) if field.base is bool else ())


def attribute_column(layer_column: pa.ChunkedArray, layer: str, name: str) -> pa.ChunkedArray:
    """An attribute out of the column of a layer, flags as `YES`; null where it is not given."""
    column = pc.struct_field(layer_column, name)
    if any(f.name == name and f.base is bool for f in attributes(layer)):
        return pc.if_else(column, pa.scalar(YES), pa.scalar(None, pa.string()))
    return column


def span_lengths(spans: pa.Table) -> NDArray[np.int64]:
    """The length of each span in code points, gaps between fragments left out."""
    if not spans.num_rows:
        return np.zeros(0, np.int64)
    fragments = spans["fragments"].combine_chunks()
    flat = fragments.flatten()
    lengths = pc.subtract(flat.field("end"), flat.field("start")).to_numpy().astype(np.int64)
    counts = pc.list_value_length(fragments).to_numpy()
    return np.add.reduceat(lengths, np.concatenate([[0], np.cumsum(counts)[:-1]]))
