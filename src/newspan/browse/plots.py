"""The charts of a corpus, for pages and papers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from newspan.browse.colours import LAYER_COLOURS
from newspan.browse.places import USES, PlaceUse, places
from newspan.browse.plots_bars import Group, Row, draw_bars, draw_grid
from newspan.browse.plots_chart import Chart, plain, stacked, told, write_charts
from newspan.browse.plots_map import draw_places
from newspan.browse.stats import Sheet, sheets
from newspan.browse.tally import NOT_GIVEN, Grid, attribute_column
from newspan.corpus.load import Corpus
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS, RELATIONS

__all__ = ["Chart", "charts", "write_charts"]

_NEUTRAL = "#7f7f7f"
_MOST = 15
"""Bars of a chart that has one for each of many names."""


def charts(corpus: Corpus) -> list[Chart]:
    """The charts of a corpus, in reading order; those with nothing to show are left out."""
    grid = Grid(corpus)
    found = {sheet.name: sheet for sheet in sheets(corpus)}
    found_places = places(corpus)
    made = [
        _articles(corpus, grid),
        _spans(found["spans"]),
        *(_attributes(found["attributes"], layer) for layer in LAYERS),
        _quote_forms(corpus, grid),
        _speaker_kinds(corpus),
        _speakers(corpus),
        _numbers(corpus),
        _relations(found["relations"]),
        _places(found_places),
        _invented(found_places),
    ]
    return [chart for chart in made if chart is not None]


def _articles(corpus: Corpus, grid: Grid) -> Chart:
    """Articles by origin, each bar in splits."""
    splits, found = grid.splits, grid.articles_by_split()
    return stacked(
        "articles",
        "Articles by origin and split",
        f"{corpus.articles.num_rows:,} articles",
        ("origin", splits),
        [(o, [found.get((o, split), 0) for split in splits]) for o in grid.origins],
        _NEUTRAL,
    )


def _spans(sheet: Sheet) -> Chart:
    counts = {row[0]: int(row[-1]) for row in sheet.rows[:-1]}
    total = sum(counts.values())
    rows = [Row(layer, (n,), LAYER_COLOURS[layer]) for layer, n in counts.items()]
    return Chart(
        "spans",
        "Spans by layer",
        f"{total:,} spans: {told(counts)}.",
        [sheet.header, *sheet.rows],
        partial(draw_bars, groups=[Group("", rows)]),
    )


def _attributes(sheet: Sheet, layer: str) -> Chart | None:
    """The values of all attributes of a layer that has any; those that do not occur left out."""
    own = [row for row in sheet.rows if row[0] == layer and row[-1] and row[2] != NOT_GIVEN]
    if not own:
        return None
    groups, figures = [], []
    for name, rows in groupby(own, key=lambda row: row[1]):
        counts = {row[2]: int(row[-1]) for row in rows}
        bars = [Row(plain(value), (n,), LAYER_COLOURS[layer]) for value, n in counts.items()]
        groups.append(Group(plain(name), bars))
        figures.append(f"{plain(name)}: {told(counts)}")
    return Chart(
        f"{layer}-attributes",
        f"Attributes of the layer {layer}",
        f"Spans by the values of their attributes; {'; '.join(figures)}.",
        [sheet.header, *own],
        partial(draw_bars, groups=groups),
    )


def _quote_forms(corpus: Corpus, grid: Grid) -> Chart | None:
    mine = pc.equal(corpus.spans["layer"], "quote")
    column = corpus.spans["quote"].filter(mine)
    cells = grid.cells_of(corpus.spans["article_id"].filter(mine))
    found = grid.tally(attribute_column(column, "quote", "form"), cells)
    forms = _values("quote", "form")
    tallies = [own for _, own in grid.filled(found, forms)]
    rows = [(origin, [t.origins[origin] for t in tallies]) for origin in grid.origins]
    return _if_any(
        stacked("quote-forms", "Quote forms by origin", f"{len(column):,} quotes",
                ("origin", forms), rows, LAYER_COLOURS["quote"], shares=True)
    )  # fmt: skip


def _speaker_kinds(corpus: Corpus) -> Chart | None:
    quotes = _layer(corpus, "quote")
    kinds, forms = _values("quote", "speaker"), _values("quote", "form")
    found = _pairs(quotes, "speaker", "form")
    rows = [(kind, [found.get((kind, form), 0) for form in forms]) for kind in kinds]
    return _if_any(
        stacked("speaker-kinds", "How the report gives the speaker, by quote form",
                f"{len(quotes):,} quotes", ("speaker", forms), rows, LAYER_COLOURS["quote"])
    )  # fmt: skip


def _speakers(corpus: Corpus) -> Chart | None:
    """The entities that are quoted most, with the forms of their quotes."""
    said = corpus.relations.filter(pc.equal(corpus.relations["type"], "said_by"))
    ids = corpus.spans["id"].combine_chunks()
    heads, tails = (pc.index_in(said[end], value_set=ids) for end in ("head", "tail"))
    entities = dict(zip(corpus.entities["id"].to_pylist(), corpus.entities["name"].to_pylist(),
                        strict=True))  # fmt: skip
    pairs = pa.table({
        "entity": pc.struct_field(corpus.spans["actor"].take(tails), "entity"),
        "form": pc.struct_field(corpus.spans["quote"].take(heads), "form"),
    })  # fmt: skip
    forms = _values("quote", "form")
    found: dict[str, dict[str, int]] = {}
    for row in pairs.group_by(["entity", "form"]).aggregate([([], "count_all")]).to_pylist():
        if row["entity"] is not None:
            found.setdefault(row["entity"], {})[row["form"]] = row["count_all"]
    ranked = sorted(found.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    rows = [
        (entities.get(key) or key, [counts.get(form, 0) for form in forms])
        for key, counts in ranked[:_MOST]
    ]
    lead = f"{len(found):,} speakers with an entity, the {len(rows)} quoted most"
    return _if_any(
        stacked("speakers", "Speakers quoted most, by quote form", lead,
                 ("speaker", forms), rows, LAYER_COLOURS["quote"])
    )  # fmt: skip


def _numbers(corpus: Corpus) -> Chart | None:
    numbers = _layer(corpus, "number")
    kinds, modifiers = _values("number", "kind"), _values("number", "modifier")
    found = _pairs(numbers, "kind", "modifier")
    if not found:
        return None
    rows = [(kind, [found.get((kind, m), 0) for m in modifiers]) for kind in kinds]
    figures = {kind: sum(counts) for kind, counts in rows}
    bars = [Row(kind, counts, LAYER_COLOURS["number"]) for kind, counts in rows]
    common = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:3]
    return Chart(
        "numbers",
        "Numbers by kind and modifier",
        f"{len(numbers):,} numbers: {told(figures)}; most often "
        f"{', '.join(f'{plain(m)} {k} {n:,}' for (k, m), n in common)}.",
        [("kind", *modifiers, "all"), *((k, *counts, sum(counts)) for k, counts in rows)],
        partial(draw_grid, across=[plain(m) for m in modifiers], rows=bars),
    )


def _relations(sheet: Sheet) -> Chart:
    counts = {row[0]: int(row[-1]) for row in sheet.rows[:-1]}
    rows = []
    for kind, number in counts.items():
        # In the colour of the layer it leaves; of two, that of the first.
        head = next(layer for layer in LAYERS if layer in RELATIONS[kind].heads)
        rows.append(Row(plain(kind), (number,), LAYER_COLOURS[head]))
    return Chart(
        "relations",
        "Relations by type",
        f"{sum(counts.values()):,} relations: {told(counts)}.",
        [sheet.header, *sheet.rows],
        partial(draw_bars, groups=[Group("", rows)]),
    )


def _places(found: Sequence[PlaceUse]) -> Chart | None:
    if not found:
        return None
    located = [p for p in found if p.point is not None]
    invented = [p for p in found if p.invented]
    figures = {p.name: p.total for p in located[:8]}
    uses = {use: sum(p.uses[at] for p in found) for at, use in enumerate(USES)}
    header = ("place", "name", "kind", *USES, "all", "longitude", "latitude", "invented")
    rows = [
        (p.entity, p.name, p.kind, *p.uses, p.total, *(p.point or ("", "")),
         "yes" if p.invented else "")
        for p in found
    ]  # fmt: skip
    return Chart(
        "places",
        "Places on a land outline, by use",
        f"{sum(uses.values()):,} mentions of {len(found):,} places ({told(uses)}); {len(located)} "
        f"on the map, countries at their capitals{': ' if figures else ''}{told(figures)}"
        f"{' and others' if len(located) > len(figures) else ''}; {len(invented)} invented, "
        f"{len(found) - len(located) - len(invented)} more without a point.",
        [header, *rows],
        partial(
            draw_places, found=found, colours=(LAYER_COLOURS["location"], LAYER_COLOURS["actor"])
        ),
    )


def _invented(found: Sequence[PlaceUse]) -> Chart | None:
    """The invented places, which no map has."""
    own = [place for place in found if place.invented]
    rows = [(place.name, place.uses) for place in own[:_MOST]]
    lead = f"{len(own):,} invented places, the {len(rows)} named most"
    chart = stacked("invented-places", "Invented places by use", lead, ("place", USES), rows,
                     LAYER_COLOURS["location"])  # fmt: skip
    return chart if rows else None


def _if_any(chart: Chart) -> Chart | None:
    return chart if any(row[-1] for row in chart.rows[1:]) else None


def _layer(corpus: Corpus, layer: str) -> pa.ChunkedArray:
    """The attributes of the spans of one layer."""
    return corpus.spans[layer].filter(pc.equal(corpus.spans["layer"], layer))


def _pairs(column: pa.ChunkedArray, first: str, second: str) -> dict[tuple[str, str], int]:
    table = pa.table({name: pc.struct_field(column, name) for name in (first, second)})
    groups = table.group_by([first, second]).aggregate([([], "count_all")]).to_pylist()
    return {(row[first], row[second]): row["count_all"] for row in groups}


def _values(layer: str, name: str) -> tuple[str, ...]:
    return next(field.values for field in attributes(layer) if field.name == name)
