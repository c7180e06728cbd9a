"""The figures of a comparison as titled tables of cells, for text and Markdown alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newspan.annotations.compare.comparison import Block, Row
from newspan.annotations.compare.differences import Difference, Mark
from newspan.annotations.compare.figures import Estimate
from newspan.annotations.compare.spans import SCHEMES

__all__ = ["Sheet", "difference_sheet", "sheets"]

UNDEFINED = "–"
_WORDS = 60


class Sheet(NamedTuple):
    """A table of cells under a title. The first column names the rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    note: str = ""


def sheets(blocks: Iterable[Block], *, score: bool) -> Iterator[Sheet]:
    """The tables of every block: scores say precision and recall, agreement is symmetric."""
    for block in blocks:
        where = f"{block.origin}, {block.articles:,} article{'' if block.articles == 1 else 's'}"
        yield from _filled(
            _spans(block, where, score),
            _attributes(block, where, score),
            _relations(block, where, score),
            Sheet(
                f"Speakers and places ({where})",
                ("", "n", "accuracy"),
                [
                    (r.key[0], f"{r.counts[0]:,}", figure_text(r, "accuracy"))
                    for r in block.referents
                ],
            ),
        )


def _filled(*made: Sheet) -> Iterator[Sheet]:
    return (sheet for sheet in made if sheet.rows)


def _sides(score: bool) -> tuple[str, str]:
    return ("gold", "pred") if score else ("A", "B")


def _spans(block: Block, where: str, score: bool) -> Sheet:
    names = [f"{scheme} {figure}" for scheme in SCHEMES for figure in _asked(scheme, score)]
    columns = ["spans", *_sides(score), *map(_heading, names)]
    beside = [] if score else [("kappa of characters", "characters kappa", block.characters)]
    beside += [("gamma", "gamma", block.gamma)] if block.gamma else []
    columns += [title for title, _, _ in beside]
    rows = []
    for row in block.spans:
        cells = [row.key[0], *(f"{n:,}" for n in row.counts[:2])]
        cells += [figure_text(row, n, plain=not n.endswith("f1")) for n in names]
        for _, name, own in beside:
            cells += [figure_text(other, name) for other in own if other.key == row.key]
        rows.append(tuple(cells))
    return Sheet(f"Spans ({where})", tuple(columns), rows)


def _asked(scheme: str, score: bool) -> tuple[str, ...]:
    """The figures of a scheme that are shown: precision and recall of the two plain ones."""
    whole = score and scheme in ("exact", "overlap")
    return ("precision", "recall", "f1") if whole else ("f1",)


def _heading(name: str) -> str:
    return name.replace("precision", "P").replace("recall", "R").replace("f1", "F1")


def _attributes(block: Block, where: str, score: bool) -> Sheet:
    columns = ("attribute", "n", "accuracy") if score else ("attribute", "n", "accuracy", "kappa")
    rows = [
        (
            f"{row.key[0]}: {row.key[1]}",
            f"{row.counts[0]:,}",
            *(figure_text(row, name) for name in columns[2:]),
        )
        for row in block.attributes
        if row.counts[0]
    ]
    note = "n: paired spans; of values, keys and words, those where either side gives one."
    return Sheet(f"Attributes of paired spans ({where})", columns, rows, note)


def _relations(block: Block, where: str, score: bool) -> Sheet:
    both = ["end to end precision", "end to end recall"] if score else []
    names = ["spans given f1", *both, "end to end f1", "exact f1"]
    columns = ("relation", *_sides(score), *map(_heading, names))
    rows = [
        (
            row.key[0],
            *(f"{n:,}" for n in row.counts[:2]),
            *(figure_text(row, n, plain=not n.endswith("f1")) for n in names),
        )
        for row in block.relations
    ]
    return Sheet(f"Relations ({where})", columns, rows)


def figure_text(row: Row, name: str, *, plain: bool = False) -> str:
    """A figure of a row with its interval; `plain` leaves the interval out."""
    estimate = row.figures.get(name, Estimate(None))
    if estimate.value is None:
        return UNDEFINED
    if plain or estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} {_short(estimate.low)}–{_short(estimate.high)}"


def _short(value: float) -> str:
    """Two decimals, without the nought before the point."""
    return f"{value:.2f}".replace("0.", ".", 1)


def difference_sheet(found: Iterable[Difference], *, score: bool) -> Sheet:
    """The differences as one table."""
    a, b = _sides(score)
    kinds = {"only A": f"only {a}", "only B": f"only {b}"}
    rows: list[tuple[str, ...]] = [
        (d.article, d.layer, kinds.get(d.kind, d.kind), _mark(d.a), _mark(d.b), _answers(d))
        for d in found
    ]
    columns = ("article", "layer", "difference", a, b, "attributes")
    return Sheet(f"Differences: {len(rows):,}", columns, rows)


def _mark(mark: Mark | None) -> str:
    if mark is None:
        return ""
    places = " ".join(f"{start}:{end}" for start, end in mark.fragments)
    if mark.words is None:
        return places
    words = mark.words if len(mark.words) <= _WORDS else f"{mark.words[: _WORDS - 1]}…"
    return f"{places} {words}"


def _answers(found: Difference) -> str:
    return "; ".join(
        f"{name}: {a or UNDEFINED} / {b or UNDEFINED}" for name, (a, b) in found.attributes.items()
    )
