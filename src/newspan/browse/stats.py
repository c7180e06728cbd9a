"""A corpus in figures: tables of spans, attributes, relations and lengths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from newspan.browse.tally import NOT_GIVEN, Cells, Grid, attribute_column, span_lengths, values_of
from newspan.corpus.load import Corpus
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS, RELATIONS, SCHEMA_VERSION

__all__ = ["Sheet", "as_json", "sheets"]


class Sheet(NamedTuple):
    """One table of figures."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    """Words first, then figures; None where there is none."""
    origins: int = 0
    """Columns by origin, which follow the words; then come those by split, and all. 0 if the
    figures are not by origin."""


def sheets(corpus: Corpus) -> list[Sheet]:
    """The tables of a corpus, each by origin and by split where that makes sense."""
    grid = Grid(corpus)
    cells = grid.cells_of(corpus.spans["article_id"])
    return [
        _articles(corpus, grid),
        _spans(corpus, grid, cells),
        _per_words(corpus, grid),
        _attributes(corpus, grid, cells),
        _relations(corpus, grid),
        _lengths(corpus),
    ]


def as_json(found: Sequence[Sheet]) -> dict[str, Any]:
    """The tables as objects, one a row, by the names of the tables."""
    tables = {s.name: [dict(zip(s.header, row, strict=True)) for row in s.rows] for s in found}
    return {"schema_version": SCHEMA_VERSION, **tables}


def _articles(corpus: Corpus, grid: Grid) -> Sheet:
    articles = corpus.articles
    one = pa.repeat("", articles.num_rows)
    own = pa.table({"story": articles["story"], "cell": grid.articles})
    pairs = own.group_by(["story", "cell"]).aggregate([])
    stories = _distinct(pairs["story"].to_pylist(), pairs["cell"].to_numpy(), grid)
    rows: list[tuple[Any, ...]] = [("stories", *stories)]
    for name, weights in (
        ("articles", None),
        ("articles with text", pc.cast(pc.is_valid(articles["text"]), pa.int64())),
        ("words held", _words(corpus)),
        ("characters", articles["n_chars"]),
    ):
        found = grid.tally(one, grid.articles, weights)
        rows += [(name, *own.cells()) for _, own in grid.filled(found, [""])]
    return Sheet("articles", "articles", ("what", *grid.columns), rows, len(grid.origins))


def _distinct(stories: Sequence[str], cells: Cells, grid: Grid) -> list[int]:
    """How many stories each column has; one may have articles of several origins."""
    origins, splits = np.divmod(cells, len(grid.splits))
    groups = [origins == at for at in range(len(grid.origins))]
    groups += [splits == at for at in range(len(grid.splits))]
    names = np.array(stories, object)
    return [*(len(set(names[group])) for group in groups), len(set(stories))]


def _words(corpus: Corpus) -> Any:
    """White-space separated words of each article, null without text."""
    return pc.list_value_length(pc.utf8_split_whitespace(corpus.articles["text"]))


def _spans(corpus: Corpus, grid: Grid, cells: Cells) -> Sheet:
    found = grid.tally(corpus.spans["layer"], cells)
    rows: list[tuple[Any, ...]] = [
        (layer, *own.cells()) for layer, own in grid.filled(found, LAYERS)
    ]
    rows.append(_total(rows))
    return Sheet("spans", "spans", ("layer", *grid.columns), rows, len(grid.origins))


def _total(rows: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    return ("all", *(sum(numbers) for numbers in list(zip(*rows, strict=True))[1:]))


def _per_words(corpus: Corpus, grid: Grid) -> Sheet:
    """Spans of the articles with text over the words of these."""
    words = _words(corpus)
    held = np.where(words.is_valid().to_numpy(), grid.articles, -1)
    spans = corpus.spans
    found = grid.tally(spans["layer"], grid.cells_of(spans["article_id"], held))
    one = pa.repeat("", corpus.articles.num_rows)
    ((_, total),) = grid.filled(grid.tally(one, grid.articles, words), [""])
    counts = [(layer, *own.cells()) for layer, own in grid.filled(found, LAYERS)]
    rows = [
        (name, *(round(1000 * n / w, 1) if w else None for n, w in zip(cells, total.cells(),
         strict=True)))
        for name, *cells in [*counts, _total(counts)]
    ]  # fmt: skip
    title = "spans per 1,000 words (of texts held here)"
    header = ("layer", *grid.columns)
    return Sheet("spans_per_1000_words", title, header, rows, len(grid.origins))


def _attributes(corpus: Corpus, grid: Grid, cells: Cells) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    for layer in LAYERS:
        mine = pc.equal(corpus.spans["layer"], layer)
        here = cells[mine.to_numpy()]
        for field in attributes(layer):
            if not values_of(field):
                continue
            column = corpus.spans[layer].filter(mine)
            found = grid.tally(attribute_column(column, layer, field.name), here)
            for value, own in grid.filled(found, [*values_of(field), None]):
                if value is not None or own.all:
                    rows.append((layer, field.name, value or NOT_GIVEN, *own.cells()))
    header = ("layer", "attribute", "value", *grid.columns)
    return Sheet("attributes", "values of attributes", header, rows, len(grid.origins))


def _relations(corpus: Corpus, grid: Grid) -> Sheet:
    relations = corpus.relations
    found = grid.tally(relations["type"], grid.cells_of(relations["article_id"]))
    rows: list[tuple[Any, ...]] = [
        (kind, *own.cells()) for kind, own in grid.filled(found, RELATIONS)
    ]
    rows.append(_total(rows))
    return Sheet("relations", "relations", ("relation", *grid.columns), rows, len(grid.origins))


def _lengths(corpus: Corpus) -> Sheet:
    lengths = span_lengths(corpus.spans)
    pieces = pc.list_value_length(corpus.spans["fragments"]).to_numpy() > 1
    rows: list[tuple[Any, ...]] = []
    for layer in LAYERS:
        own = pc.equal(corpus.spans["layer"], layer).to_numpy()
        rows.append((layer, *_spread(lengths[own]), int(pieces[own].sum())))
    articles = corpus.articles["n_chars"].to_numpy()
    rows.append(("article", *_spread(articles), None))
    header = ("of", "shortest", "median", "mean", "longest tenth from", "longest", "in pieces")
    return Sheet("lengths", "lengths in characters", header, rows)


def _spread(lengths: Any) -> tuple[float | int | None, ...]:
    if not len(lengths):
        return (None,) * 5
    median, high = np.percentile(lengths, [50, 90], method="higher")
    mean = round(float(lengths.mean()), 1)
    return int(lengths.min()), int(median), mean, int(high), int(lengths.max())
