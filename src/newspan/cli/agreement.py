"""Charts of how far annotations agree: the comparison of one package drawn by another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newspan.annotations.compare.comparison import Comparison
    from newspan.browse.plots_chart import Chart

_PARTS = ("the same words", "overlapping words", "only in the first", "only in the second")


def agreement_charts(path: Path | None, against: Sequence[Path]) -> list[Chart]:
    """A chart by layer for each annotation that another is compared with.

    Raises MissingExtra without scipy, and NewspanError where they share no article.
    """
    from newspan.annotations.compare import agree
    from newspan.annotations.compare.comparison import Asked
    from newspan.annotations.compare.figures import Resampling
    from newspan.paths import data_root

    asked = Asked(pool=True, resampling=Resampling(times=1))
    found = [agree(path or data_root(), other, asked).comparisons[0] for other in against]
    return [_chart(number, comparison) for number, comparison in enumerate(found, start=1)]


def _chart(number: int, comparison: Comparison) -> Chart:
    from newspan.browse.colours import LAYER_COLOURS
    from newspan.browse.plots_chart import stacked

    (block,) = comparison.blocks
    rows = [
        (row.key[0], (row.counts[2], row.counts[3] - row.counts[2],
                      row.counts[0] - row.counts[3], row.counts[1] - row.counts[3]))
        for row in block.spans
    ]  # fmt: skip
    same, pairs = (sum(row.counts[n] for row in block.spans) for n in (2, 3))
    lead = f"{comparison.a} beside {comparison.b}, {block.articles} articles: {pairs:,} spans in "
    lead += f"both, {same:,} of them with the same words"
    return stacked(f"agreement-{number}", "Spans of two annotations", lead, ("layer", _PARTS), rows,
                   LAYER_COLOURS["actor"], shares=True)  # fmt: skip
