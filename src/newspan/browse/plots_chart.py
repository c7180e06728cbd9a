"""What a chart is: a drawing as SVG or PNG, and the figures behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from newspan.browse.plots_bars import Row, draw_stacks
from newspan.browse.plots_draw import DARK, LIGHT, Canvas
from newspan.browse.plots_png import png_of, require_png
from newspan.errors import printable
from newspan.files import write_atomically

__all__ = ["Chart", "plain", "stacked", "told", "write_charts"]

PRINT_DPI = 300


@dataclass(frozen=True)
class Chart:
    """A chart: what it shows in words, its figures, and how it is drawn."""

    name: str
    """Lower-case words joined by hyphens; the name of its files."""
    title: str
    description: str
    """One sentence with the figures, for who does not see the drawing."""
    rows: Sequence[Sequence[Any]]
    """The figures as a table, the first row as heading."""
    draw: Callable[[Canvas], None]

    def svg(self, dark: bool = False) -> str:
        """The drawing for light or dark ground, which it leaves to the page.

        It refers to nothing outside, has no script, style or id, and is the same every time.
        """
        canvas = Canvas(DARK if dark else LIGHT)
        self.draw(canvas)
        return canvas.svg(printable(f"{self.title}. {self.description}"))

    def png(self, dpi: int = PRINT_DPI) -> bytes:
        """The drawing on white paper, 3.5 inches wide. Raises MissingExtra without resvg."""
        return png_of(self.svg(), dpi, LIGHT.paper)

    def csv(self) -> str:
        """The figures for a spreadsheet; a cell that it might take for a formula is defused."""
        sheet = io.StringIO()
        csv.writer(sheet, lineterminator="\n").writerows(
            [_harmless(cell) for cell in row] for row in self.rows
        )
        return sheet.getvalue()


def _harmless(cell: Any) -> Any:
    risky = isinstance(cell, str) and cell.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{cell}" if risky else cell


def write_charts(found: Sequence[Chart], folder: Path, *, png: bool = True) -> list[Path]:
    """Write NAME.svg, NAME.csv and, unless told not to, NAME.png of each; the files written.

    Raises MissingExtra where PNG cannot be made, before anything is written.
    """
    if png:
        require_png()
    written = []
    for chart in found:
        made: dict[str, str | bytes] = {"svg": chart.svg(), "csv": chart.csv()}
        if png:
            made["png"] = chart.png()
        for suffix, data in made.items():
            written.append(folder / f"{chart.name}.{suffix}")
            write_atomically(written[-1], data)
    return written


def stacked(
    name: str,
    title: str,
    lead: str,
    axes: tuple[str, Sequence[str]],
    rows: Sequence[tuple[str, Sequence[int]]],
    colour: str,
    *,
    shares: bool = False,
) -> Chart:
    """A chart of bars in parts; `axes` are what the bars are and the names of the parts."""
    bar, parts = axes
    figures = "; ".join(
        f"{plain(key)} {sum(counts):,} "
        f"({told({p: n for p, n in zip(parts, counts, strict=True) if n})})"
        for key, counts in rows
        if sum(counts)
    )
    draw: Callable[..., None] = partial(
        draw_stacks,
        parts=[plain(part) for part in parts],
        rows=[Row(plain(key), counts, colour) for key, counts in rows],
        shares=shares,
    )
    table = [(bar, *parts, "all"), *((key, *counts, sum(counts)) for key, counts in rows)]
    return Chart(name, title, f"{lead}: {figures}." if figures else f"{lead}.", table, draw)


def told(counts: dict[str, int]) -> str:
    """Names with their numbers, in words."""
    return ", ".join(f"{plain(name)} {number:,}" for name, number in counts.items())


def plain(name: str) -> str:
    """A label as it is read."""
    return printable(name.replace("_", " "))
