"""Drawing in SVG: what all charts share of paper, ink, letters and shapes.

Only presentation attributes are used, and no ids: a drawing stands in a page without
touching it or another drawing, whatever content security policy the page has.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from rich.cells import cell_len, set_cell_size

from newspan.errors import printable

__all__ = ["DARK", "LIGHT", "Canvas", "Ink", "clipped"]

WIDTH = 336
"""Of every drawing, in CSS pixels: 3.5 inches, a column of a paper."""

LETTERS = 9.6
"""Height of the letters in CSS pixels: 7.2 points in print."""

_WIDTHS = {
    **dict.fromkeys("ijl.,:;'’|!", 0.32),
    **dict.fromkeys("ftrI()[]/- “”", 0.41),
    **dict.fromkeys("mwMW@%…—", 0.98),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ", 0.72),
}
"""Widths of letters over their height in the widest of the usual sans-serif fonts."""

_OTHER = 0.62

_FONTS = "Source Sans Pro, Source Sans 3, Helvetica, Arial, Liberation Sans, sans-serif"


class Ink(NamedTuple):
    """The colours of a drawing, on light paper or on a dark page."""

    text: str
    faint: str
    """Secondary words, and the lines around shapes."""
    rule: str
    land: str
    shore: str
    paper: str
    """What lies under the drawing, which itself has no ground."""

    def shades(self, colour: str, number: int) -> list[str]:
        """Shades of a colour, the first the farthest from the paper.

        They are so far apart that grey print shows them.
        """
        steps = [-0.45 + 1.25 * i / max(number - 1, 1) for i in range(number)]
        made = [_mixed(colour, "#ffffff" if s > 0 else "#000000", abs(s)) for s in steps]
        return made if self.on(self.paper) == "#000000" else made[::-1]

    def on(self, fill: str) -> str:
        """The colour of letters on a filled shape."""
        red, green, blue = _channels(fill)
        return "#000000" if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#ffffff"


LIGHT = Ink("#1a1a1a", "#595959", "#c8c8c8", "#e6e6e6", "#a0a0a0", "#ffffff")
DARK = Ink("#ececec", "#b4b4b4", "#5a5a5a", "#3a3a3a", "#787878", "#161616")


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in pairs)


def clipped(words: str, cells: int) -> str:
    """The words in at most so many cells of a terminal, harmless to show."""
    shown = printable(words).replace("\n", " ")
    return shown if cell_len(shown) <= cells else set_cell_size(shown, cells - 1).rstrip() + "…"


def words_width(words: str, size: float = LETTERS) -> float:
    """How wide words are at most, in pixels."""
    return size * sum(_WIDTHS.get(c, _OTHER * cell_len(c)) for c in words)


class Canvas:
    """A drawing that is filled from the top down; `y` is how far it has come."""

    def __init__(self, ink: Ink) -> None:
        self.ink = ink
        self.y = 0.0
        self.root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
        self.layer = SubElement(
            self.root, "g", {"font-family": _FONTS, "font-size": _short(LETTERS)}
        )

    def add(self, tag: str, **attributes: float | str) -> Element:
        """A shape; underscores in the names of attributes stand for hyphens."""
        made = {k.replace("_", "-"): _short(v) for k, v in attributes.items()}
        return SubElement(self.layer, tag, made)

    def words(self, x: float, y: float, words: str, **attributes: float | str) -> None:
        """A line of words with its foot at `y`."""
        self.add("text", x=x, y=y, **{"fill": self.ink.text, **attributes}).text = words

    def bar(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A bar with a fine line around it, which keeps pale ones visible."""
        self.add("rect", x=x, y=y, width=max(width, 0.4), height=height, fill=fill,
                 stroke=self.ink.faint, stroke_width=0.5)  # fmt: skip

    def heading(self, words: str) -> None:
        """A line in bold that begins a group."""
        self.y += 4
        self.words(0, self.y + 10, words, font_weight="bold")
        self.y += 16

    def line(self, words: str) -> None:
        """A line of words."""
        self.words(0, self.y + 10, words)
        self.y += 13

    def legend(self, names: list[str], fills: list[str]) -> None:
        """What the fills stand for, in as many lines as it takes."""
        x = 0.0
        for name, fill in zip(names, fills, strict=True):
            needed = 13 + words_width(name) + 10
            if x and x + needed > WIDTH + 10:
                x, self.y = 0.0, self.y + 14
            self.bar(x + 0.5, self.y + 2, 9, 9, fill)
            self.words(x + 13, self.y + 10, name)
            x += needed
        self.y += 20

    def svg(self, label: str) -> str:
        """The whole drawing, with a label for those who do not see it."""
        height = self.y + 3
        size = {"width": _short(WIDTH), "height": _short(height)}
        box = {"viewBox": f"0 0 {_short(WIDTH)} {_short(height)}"}
        self.root.attrib.update({**size, **box, "role": "img", "aria-label": label})
        return tostring(self.root, encoding="unicode")


def _short(value: float | str) -> str:
    """A number in its shortest form; two decimals are finer than any print."""
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
