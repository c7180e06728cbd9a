"""The agreement of the two passes that a corpus keeps, as its datasheet and its passes tell it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from newspan.annotations.compare.comparison import Comparison
from newspan.annotations.compare.layout import UNDEFINED, figure_text
from newspan.annotations.compare.render import RENDERERS
from newspan.annotations.compare.run import agree

__all__ = ["agreement_markdown", "agreement_table", "compared_passes"]

_FIRST, _SECOND = "first", "second"
_NOT_ASKED = {"entity", "unresolved"}
"""Attributes that a blind pass leaves out: keys are decided for the whole corpus at once."""


def agreement_table(found: Comparison) -> str:
    """The exact F1 of spans by layer and origin, with intervals."""
    origins = [f"{b.origin} ({b.articles} articles)" for b in found.blocks]
    lines = [f"| exact F1 | {' | '.join(origins)} |", f"|---|{'---:|' * len(origins)}"]
    layers = [row.key for row in found.blocks[0].spans]
    for key in layers:
        cells = []
        for block in found.blocks:
            row = next((r for r in block.spans if r.key == key), None)
            cells.append(UNDEFINED if row is None else figure_text(row, "exact f1"))
        lines.append(f"| {' '.join(key)} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def agreement_markdown(found: Comparison) -> str:
    """Everything that is counted, as `newspan agree` prints it."""
    return RENDERERS["markdown"]([found], [None], False)


def compared_passes(root: Path) -> Comparison:
    """The two passes of the corpus at `root`, but for what no blind pass has."""
    passes = root / "annotations" / "passes"
    found = agree(passes / _FIRST, passes / _SECOND, root=root).comparisons[0]
    blocks = [
        block._replace(attributes=[r for r in block.attributes if r.key[-1] not in _NOT_ASKED])
        for block in found.blocks
    ]
    # The report is part of the corpus, which lies wherever it was cloned to.
    a, b = (replace(p, path=p.path.relative_to(root)) for p in (found.a, found.b))
    return replace(found, a=a, b=b, blocks=blocks)
