"""Text: normalisation, code-point offsets and their UTF-16 and UTF-8 counterparts.

All offsets in newspan are Unicode code points, half-open, into a text that went through
`normalize` once, before the first offset existed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from newspan.errors import Fault, TextError

__all__ = [
    "NORMALIZATION",
    "OffsetMap",
    "fingerprint",
    "is_normalized",
    "normalize",
    "paragraph_fingerprints",
]

NORMALIZATION = "newspan-1"
"""Version of `normalize`. A change of any step is a new version and a migration."""

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_SPACES = re.compile("[ \t]+")
_BLANK_LINES = re.compile("\n{3,}")


def _remove_marks(text: str) -> str:
    """Byte-order marks, wherever they stand."""
    return text.replace("\ufeff", "")


def _unify_line_breaks(text: str) -> str:
    """CRLF, CR, VT, FF, NEL and the line separator become LF; a paragraph separator two."""
    return _LINE_BREAKS.sub("\n", text.replace("\u2029", "\n\n"))


def _compose(text: str) -> str:
    """Unicode normalisation form C."""
    return unicodedata.normalize("NFC", text)


def _collapse_spaces(text: str) -> str:
    """Runs of spaces and tabs become one space (no-break spaces stay)."""
    return _SPACES.sub(" ", text)


def _strip_lines(text: str) -> str:
    """No white space, of any kind, at the edge of a line."""
    return "\n".join(line.strip() for line in text.split("\n"))


def _part_paragraphs(text: str) -> str:
    """Paragraphs are parted by one blank line; none at the beginning or the end."""
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


STEPS: tuple[Callable[[str], str], ...] = (
    _remove_marks,
    _unify_line_breaks,
    _compose,
    _collapse_spaces,
    _strip_lines,
    _part_paragraphs,
)
"""The steps of `normalize`, in order. Each is idempotent."""


def normalize(text: str) -> str:
    """The text in the form that offsets are counted in (version `NORMALIZATION`).

    Raises TextError for a NUL, another control character or a lone surrogate: they have no
    harmless reading, so the source has to be mended.
    """
    # First: `str.strip` takes U+001C to U+001F for white space and would hide them.
    refuse_unreadable(text)
    for step in STEPS:
        text = step(text)
    return text


def is_normalized(text: str) -> bool:
    """Whether `normalize` would leave the text as it is, without making it anew."""
    try:
        kinds = text.encode("latin-1").translate(_KINDS[:256])
    except UnicodeEncodeError:
        codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
        kinds = np.frombuffer(_KINDS, np.uint8).take(codes, mode="clip").tobytes()
    if _OTHER not in kinds:
        edges = kinds[:1] + kinds[-1:]
        return not (_SPACE in edges or _BREAK in edges or _is_loose(kinds))
    try:
        return normalize(text) == text
    except TextError:
        return False


def _is_loose(kinds: bytes) -> bool:
    """Whether blanks follow one another otherwise than to part two paragraphs."""
    blank = np.frombuffer(kinds, np.uint8) >= _SPACE[0]
    # Looking for each pair of bytes takes several times longer.
    return bool((blank[1:] & blank[:-1]).any()) and any(pair in kinds for pair in _LOOSE)


_OTHER, _PLAIN, _SPACE, _BREAK = b"\0", b"\1", b"\2", b"\3"
_LOOSE = (_SPACE + _SPACE, _SPACE + _BREAK, _BREAK + _SPACE, _BREAK * 3)


def _kinds_of_characters() -> bytes:
    """For each code unit up to U+20CF how `is_normalized` may take it.

    Plain are printed characters of the Latin blocks and of general punctuation: they stay as
    they are in whatever company, since none of them composes or is reordered. All others,
    and all beyond, are for `normalize` to judge.
    """
    kinds = [_OTHER] * 0x20D1
    for code in (*range(0x300), *range(0x2000, 0x20D0)):
        char = chr(code)
        if char.isprintable() and unicodedata.is_normalized("NFC", char):
            kinds[code] = _PLAIN
    kinds[ord(" ")], kinds[ord("\n")] = _SPACE, _BREAK
    return b"".join(kinds)


_KINDS = _kinds_of_characters()


def refuse_unreadable(text: str) -> None:
    """Raise TextError at the first character that no normalised text may hold."""
    for match in _UNREADABLE.finditer(text):
        char = match.group()
        kind = "lone surrogate" if "\ud800" <= char <= "\udfff" else "control character"
        line = text.count("\n", 0, match.start()) + 1
        raise TextError(
            Fault(
                f"{kind} U+{ord(char):04X} at character {match.start()} (line {line}).",
                "Remove it from the source; it cannot be normalised away without guessing.",
            )
        )


_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def fingerprint(text: str) -> str:
    """SHA-256 of the UTF-8 text, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def paragraphs(text: str) -> list[tuple[int, str]]:
    """(start, paragraph) of each paragraph of a normalised text; start in code points."""
    found, start = [], 0
    for paragraph in text.split("\n\n"):
        found.append((start, paragraph))
        start += len(paragraph) + 2
    return found


def paragraph_fingerprints(text: str) -> tuple[str, ...]:
    """The fingerprint of each paragraph of a normalised text, in order."""
    return tuple(fingerprint(p) for _, p in paragraphs(text))


class OffsetMap:
    """Offsets of one text between code points and another unit, vectorised both ways.

    Only the positions of the characters that are longer than one unit are stored, so a
    text of plain characters costs nothing.
    """

    def __init__(self, text: str, unit: str) -> None:
        """`unit` is "utf-16" (16-bit code units) or "utf-8" (bytes)."""
        points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        if unit == "utf-16":
            extra = (points > 0xFFFF).astype(np.int64)
        elif unit == "utf-8":
            extra = (points > 0x7F).astype(np.int64) + (points > 0x7FF) + (points > 0xFFFF)
        else:
            raise ValueError(f"unit must be 'utf-16' or 'utf-8', not {unit!r}")
        self._points = np.flatnonzero(extra)
        self._shift = np.concatenate([[0], np.cumsum(extra[self._points])])
        # Where each wide character ends, in the other unit: a unit offset is exact there.
        self._units = self._points + 1 + self._shift[1:]
        self._n_points = len(points)
        self._n_units = self._n_points + int(self._shift[-1])

    def to_units(self, offsets: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Code points to units. Raises ValueError for an offset outside the text."""
        values = self._within(offsets, self._n_points)
        shift: NDArray[np.int64] = self._shift[np.searchsorted(self._points, values, side="left")]
        return values + shift

    def to_points(self, offsets: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Units to code points. Raises ValueError outside the text or inside a character."""
        values = self._within(offsets, self._n_units)
        points: NDArray[np.int64] = (
            values - self._shift[np.searchsorted(self._units, values, side="right")]
        )
        if not np.array_equal(self.to_units(np.minimum(points, self._n_points)), values):
            raise ValueError("an offset falls inside a character")
        return points

    @staticmethod
    def _within(offsets: Sequence[int] | NDArray[np.int64], limit: int) -> NDArray[np.int64]:
        values = np.asarray(offsets, dtype=np.int64)
        if values.size and (values.min() < 0 or values.max() > limit):
            raise ValueError(f"an offset is outside 0..{limit}")
        return values


def first_crossing(
    ranges: Iterable[tuple[int, int]],
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first two half-open ranges that cross (overlap without nesting), or None.

    One pass over the ranges sorted by (start, longest first), with a stack of open ones.
    """
    stack: list[tuple[int, int]] = []
    for start, end in sorted(ranges, key=lambda r: (r[0], -r[1])):
        while stack and stack[-1][1] <= start:
            stack.pop()
        if stack and end > stack[-1][1]:
            return stack[-1], (start, end)
        stack.append((start, end))
    return None
