"""SVG as PNG, for where SVG is not taken."""

from __future__ import annotations

import struct
import zlib
from importlib.util import find_spec
from pathlib import Path

from newspan.errors import Fault, MissingExtra

__all__ = ["png_of", "require_png"]

_FONT_PACKAGE = "font_source_sans_pro"
_SVG_DPI = 96
"""Pixels of CSS, in which SVG is measured, an inch."""

_LAST_LETTER = "\u052f"
"""The font has the scripts up to here (Latin, Greek, Cyrillic); dashes and dots beyond."""

_BEYOND = set("–—‘’“”…→≈≥≤−")
_HEADER_ENDS = 33
"""Where the first chunk of a PNG file, its header, ends."""


def require_png() -> None:
    """Raise MissingExtra unless PNG can be made."""
    if find_spec("resvg_py") is None or find_spec(_FONT_PACKAGE) is None:
        raise MissingExtra(Fault("PNG needs resvg and a font.", "pip install 'newspan[browse]'"))


def png_of(svg: str, dpi: int, paper: str) -> bytes:
    """A drawing as PNG on paper of a colour, with its size in print written into it.

    The same bytes on every machine, as long as no letter is of a script that the font does
    not have; those are taken from the machine's fonts. Raises MissingExtra without the extra.
    """
    require_png()
    import resvg_py

    plain = all(c <= _LAST_LETTER or c in _BEYOND for c in svg)
    image = resvg_py.svg_to_bytes(
        svg_string=svg,
        background=paper,
        zoom=dpi / _SVG_DPI,
        skip_system_fonts=plain,
        font_files=[str(_font(weight)) for weight in ("Regular", "Bold")],
        font_family="Source Sans Pro",
        sans_serif_family="Source Sans Pro",
    )
    return _with_dpi(bytes(image), dpi)


def _font(weight: str) -> Path:
    spec = find_spec(_FONT_PACKAGE)
    folders = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(folders or ()))) / "files" / f"SourceSansPro-{weight}.ttf"


def _with_dpi(image: bytes, dpi: int) -> bytes:
    """The image with a chunk that says how many pixels a metre has."""
    per_metre = round(dpi / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    made = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return image[:_HEADER_ENDS] + made + image[_HEADER_ENDS:]
