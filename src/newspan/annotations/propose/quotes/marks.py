"""Quotation marks: which stretches of a text stand in marks, paragraph by paragraph.

Nothing is parsed here, and one pass is made, so the time taken grows with the text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newspan.text import paragraphs

__all__ = ["Stretch", "quoted_stretches"]

_MARK = re.compile("``|''|[\"“”„‟＂«»'‘’‚‛‹›]")
_DOUBLE, _SINGLE, _GUILLEMET, _ANGLE = "double", "single", "guillemet", "angle"
_FAMILY = (
    dict.fromkeys(["``", "''", *'"“”„‟＂'], _DOUBLE)
    | dict.fromkeys("'‘’‚‛", _SINGLE)
    | dict.fromkeys("«»", _GUILLEMET)
    | dict.fromkeys("‹›", _ANGLE)
)
_ONLY_OPENS = frozenset("„‚‘")
_BEFORE_AN_OPENING = frozenset("([{<—–-/…\"“„«‹'‘‚`")
_AFTER_A_CLOSING = frozenset(".,;:!?)]}>—–-/…\"”»›'’")
_ELISION = re.compile(r"(?:em|til|tis|twas|cause|cos|bout|round|n|\d\ds?)\b", re.IGNORECASE)
_DEEPEST = 4
"""Marks nested deeper than this are noise."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch in quotation marks, with them; one fragment for each paragraph it is in."""

    fragments: tuple[tuple[int, int], ...]
    """Half-open, in code points."""
    depth: int
    """In how many other stretches it stands."""
    closed: bool
    """False where the closing mark is missing: the end is then a guess."""

    @property
    def start(self) -> int:
        """Where the first opening mark stands."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """After the last closing mark."""
        return self.fragments[-1][1]


@dataclass(slots=True)
class _Open:
    """A mark that waits for the one that closes it."""

    family: str
    start: int
    before: list[tuple[int, int]] = field(default_factory=list)
    perhaps: int | None = None
    """End, if the apostrophe after a final s that was passed was a closing mark."""
    reopened: int | None = None
    """Where a mark of the same family opened before this one was closed."""


def quoted_stretches(text: str) -> list[Stretch]:
    """The stretches of a normalised text that stand in quotation marks, by their starts.

    A stretch ends with its paragraph, unless the next one opens with the same mark again:
    then it goes on there as another fragment.
    """
    scan = _Scan(text)
    parts = paragraphs(text)
    for number, (start, paragraph) in enumerate(parts):
        following = parts[number + 1][1] if number + 1 < len(parts) else ""
        scan.paragraph(start, start + len(paragraph), following)
    return _with_depths(scan.found)


def _with_depths(found: list[tuple[tuple[tuple[int, int], ...], bool]]) -> list[Stretch]:
    """Stretches in order, each with the number of those it lies in; what crosses is left out."""
    stretches: list[Stretch] = []
    around: list[Stretch] = []
    for fragments, closed in sorted(found, key=lambda one: (one[0][0][0], -one[0][-1][1])):
        while around and around[-1].end <= fragments[0][0]:
            around.pop()
        if around and fragments[-1][1] > around[-1].end:
            continue
        stretch = Stretch(fragments, len(around), closed)
        stretches.append(stretch)
        around.append(stretch)
    return stretches


class _Scan:
    """Reads paragraph after paragraph; what is open at the end of one may go on in the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[tuple[tuple[tuple[int, int], ...], bool]] = []
        self.stack: list[_Open] = []

    def paragraph(self, start: int, end: int, following: str) -> None:
        """Read one paragraph; `following` is the next one."""
        at = start
        if self.stack:  # the paragraph before ended inside marks and this one repeats them
            at = start + 1
        for match in _MARK.finditer(self.text, at, end):
            self._mark(match, start, end)
        self._end_paragraph(end, following)

    def _mark(self, match: re.Match[str], start: int, end: int) -> None:
        left = self.text[match.start() - 1] if match.start() > start else " "
        right = self.text[match.end()] if match.end() < end else " "
        family = _FAMILY[match[0]]
        opens = not right.isspace() and (left.isspace() or left in _BEFORE_AN_OPENING)
        closes = not left.isspace() and (right.isspace() or right in _AFTER_A_CLOSING)
        if family == _SINGLE:
            self._single(match, opens, closes, left, right)
        elif self._is_open(family) and (closes or not opens):
            self._close(family, match.end())
        elif match[0] in "”’" and not opens:
            return  # closes what was never opened
        elif (
            opens
            or not (closes or left.isdigit() or right.isspace())
            or self._stands_alone(match, start, end)
        ):
            self._open(family, match.start())

    def _stands_alone(self, match: re.Match[str], start: int, end: int) -> bool:
        """Whether a mark between spaces opens words: after a comma or colon, and another follows.

        A slip that reports by volunteers make: `as saying, " we shall see."`
        """
        before, after = self.text[start : match.start()], self.text[match.end() : end]
        return before.endswith((", ", ": ")) and after.startswith(" ") and match[0] in after

    def _single(
        self, match: re.Match[str], opens: bool, closes: bool, left: str, right: str
    ) -> None:
        """An apostrophe or a mark. In the middle of a word it is an apostrophe."""
        at = match.end()
        top = self.stack[-1] if self.stack else None
        is_open = top is not None and top.family == _SINGLE
        if closes and top is not None and is_open and match[0] not in _ONLY_OPENS:
            plural = left in "sS" or self.text[match.start() - 2 : match.start()] == "in"
            if plural and right.isspace() and self.text[at + 1 : at + 2].isalnum():
                if top.perhaps is None:
                    top.perhaps = at
            else:
                self._close(_SINGLE, at)
        elif opens and (right.isalnum() or right in "“\"«„[($£€…‘'-—"):
            if match[0] != "‘" and match[0] != "'":
                return
            if _ELISION.match(self.text, at, at + 8):
                return
            if top is not None and is_open and top.perhaps is not None:
                self._close(_SINGLE, top.perhaps)
            self._open(_SINGLE, match.start())

    def _is_open(self, family: str) -> bool:
        return any(one.family == family for one in self.stack)

    def _open(self, family: str, start: int) -> None:
        if len(self.stack) >= _DEEPEST:
            return
        for one in self.stack:
            if one.family == family and one.reopened is None:
                one.reopened = start
        self.stack.append(_Open(family, start))

    def _close(self, family: str, end: int) -> None:
        """Close the innermost open mark of the family; what opened inside it goes with it."""
        while self.stack:
            one = self.stack.pop()
            if one.family == family:
                self._keep(one, end, closed=True)
                return
            if one.perhaps is not None:
                self._keep(one, one.perhaps, closed=True)

    def _keep(self, one: _Open, end: int, *, closed: bool) -> None:
        if end - one.start > 2:
            self.found.append(((*one.before, (one.start, end)), closed))

    def _end_paragraph(self, end: int, following: str) -> None:
        waiting, self.stack = self.stack, []
        for number, one in enumerate(waiting):
            mark = self.text[one.start]
            goes_on = number == 0 and one.reopened is None and following.startswith(mark)
            if one.perhaps is not None and not goes_on:
                self._keep(one, one.perhaps, closed=True)
            elif goes_on:
                following_start = end + 2
                one.before.append((one.start, end))  # shared: copies would make this quadratic
                self.stack = [_Open(one.family, following_start, one.before)]
            elif one.family != _SINGLE:
                until = end if one.reopened is None else one.reopened
                stop = one.start + len(self.text[one.start : until].rstrip())
                self._keep(one, stop, closed=False)
