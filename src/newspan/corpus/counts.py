"""What is in a corpus, counted: for `info`, `demo` and the datasheet."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, get_args

import pyarrow as pa
import pyarrow.compute as pc

from newspan.corpus.load import Corpus, load
from newspan.schema.model import LAYERS, RELATIONS, SPLITS, Origin

__all__ = ["Counts", "count", "counts_markdown"]

ORIGINS: tuple[str, ...] = get_args(Origin)


class Counts(NamedTuple):
    """Numbers of rows, each keyed by what it counts."""

    articles: dict[str, int]
    """By origin; only origins that occur."""
    stories: dict[str, int]
    words: dict[str, int]
    """White-space separated words of the texts that are there, by origin."""
    spans: dict[tuple[str, str], int]
    """By origin and layer."""
    relations: dict[tuple[str, str], int]
    """By origin and type."""
    splits: dict[tuple[str, str], int]
    """Articles by origin and split."""
    entities: int


def count(corpus: Corpus) -> Counts:
    """The counts of a corpus."""
    articles = corpus.articles
    origin = articles.select(["id", "origin"])
    spans = _with_origin(corpus.spans.select(["article_id", "layer"]), origin)
    relations = _with_origin(corpus.relations.select(["article_id", "type"]), origin)
    own = articles.group_by("origin").aggregate([("id", "count"), ("story", "count_distinct")])
    words = pc.list_value_length(pc.utf8_split_whitespace(articles["text"]))
    lengths = pa.table({"origin": articles["origin"], "words": words})
    spoken = lengths.group_by("origin").aggregate([("words", "sum")]).to_pylist()
    order = {o: i for i, o in enumerate(ORIGINS)}
    rows = sorted(own.to_pylist(), key=lambda r: order[r["origin"]])
    return Counts(
        {r["origin"]: r["id_count"] for r in rows},
        {r["origin"]: r["story_count_distinct"] for r in rows},
        {r["origin"]: r["words_sum"] or 0 for r in spoken},
        _pairs(spans, "layer"),
        _pairs(relations, "type"),
        _pairs(articles, "split"),
        corpus.entities.num_rows,
    )


def _with_origin(table: pa.Table, origin: pa.Table) -> pa.Table:
    return table.join(origin, keys="article_id", right_keys="id")


def _pairs(table: pa.Table, column: str) -> dict[tuple[str, str], int]:
    found = table.group_by(["origin", column]).aggregate([([], "count_all")]).to_pylist()
    return {(r["origin"], r[column]): r["count_all"] for r in found}


def counts_markdown(root: Path) -> str:
    """The counts of the corpus at `root` as Markdown tables."""
    found = count(load(root))
    origins = list(found.articles)
    parts = _table(
        "",
        origins,
        {
            "articles": found.articles,
            "stories": found.stories,
            "words (of texts held here)": found.words,
            **{f"articles in {s}": _of(found.splits, s) for s in SPLITS},
        },
    )
    parts += ["", *_table("spans", origins, {la: _of(found.spans, la) for la in LAYERS})]
    parts += ["", *_table("relations", origins, {t: _of(found.relations, t) for t in RELATIONS})]
    return "\n".join([*parts, "", f"Entities: {found.entities}.", ""])


def _of(pairs: dict[tuple[str, str], int], key: str) -> dict[str, int]:
    return {origin: n for (origin, found), n in pairs.items() if found == key}


def _table(corner: str, origins: list[str], rows: dict[str, dict[str, int]]) -> list[str]:
    lines = [f"| {corner} | {' | '.join(origins)} | all |", "|---" * (len(origins) + 2) + "|"]
    for name, values in rows.items():
        # Stories are shared between origins (a retelling and its source), so do not add up.
        total = "" if name == "stories" else str(sum(values.values()))
        cells = " | ".join(str(values.get(o, 0)) for o in origins)
        lines.append(f"| {name} | {cells} | {total} |")
    return lines
