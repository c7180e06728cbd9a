"""Quotation marks that are opened and not closed, or closed and not opened.

Of a text only its marks and paragraph breaks are kept; each sequence that occurs is then read
once. News sets a mark anew at each paragraph of a long quotation and closes only the last, so
a mark may stay open over one break, if the next paragraph opens or closes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.schema.model import FRAGMENT_JOINT

if TYPE_CHECKING:
    import polars as pl

__all__ = ["loose_in_article", "loose_in_quote", "marks_of"]

BREAK = "¶"
_OPENED_ANEW = {"“": "⟦", '"': "⟪"}
"""Mark to what stands for it at the beginning of a paragraph."""
_KEPT = '“”"‘’⟦⟪¶'


def marks_of(text: pl.Expr) -> pl.Expr:
    """The marks and breaks of a text; the joint of a quote's fragments counts as a break."""
    plain = text.str.replace_all(f"\n+|{FRAGMENT_JOINT}", BREAK)
    for mark, anew in _OPENED_ANEW.items():
        plain = plain.str.replace_all(BREAK + mark, BREAK + anew, literal=True)
    return plain.str.replace_all(f"[^{_KEPT}]+", "")


def loose_in_article(marks: str) -> str | None:
    """What is wrong with the marks of an article: `“ in paragraph 3`; None where all is well."""
    paragraphs = marks.split(BREAK)
    for opening, closing in (("“", "”"), ('"', '"')):
        found = _open_too_long(paragraphs, opening, closing)
        if found is not None:
            return f"{opening} in paragraph {found + 1}"
    for at, paragraph in enumerate(paragraphs):
        # An apostrophe looks as the closing mark does, so that there may be more of these.
        rest = paragraph.rpartition("‘")
        after = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
        if rest[1] and "’" not in rest[2] + after:
            return f"‘ in paragraph {at + 1}"
    return None


def _open_too_long(paragraphs: list[str], opening: str, closing: str) -> int | None:
    """The first paragraph with an opening mark that neither it nor the next one closes."""
    anew = _OPENED_ANEW[opening]
    opened: int | None = None
    for at, paragraph in enumerate(paragraphs):
        for mark in paragraph:
            if mark == anew or (mark == opening and opened is None):
                opened = at
            elif mark == closing:
                opened = None
        if opened is not None and opened < at:
            return opened
    return opened


def loose_in_quote(marks: str) -> str | None:
    """The mark of a quote that is not closed at its end, or not opened at its beginning.

    A mark that stays open over a break may be set anew there, and need not be.
    """
    opened: dict[str, bool] = {"“": False, '"': False}
    for mark in marks:
        if mark == "”" and not opened["“"]:
            return mark
        if mark in "“”":
            opened["“"] = mark == "“"
        elif mark == '"':
            opened[mark] = not opened[mark]
        for first, anew in _OPENED_ANEW.items():
            if mark == anew:
                opened[first] = True
    return next((mark for mark, still in opened.items() if still), None)
