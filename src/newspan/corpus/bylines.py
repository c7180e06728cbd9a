"""Lines around a report that are no part of it: date, byline, closing credit.

Only a line that is nothing but these is recognised; in doubt a line is text.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

__all__ = ["Surroundings", "day", "names_of", "strip_surroundings"]

_FORMATS = ("%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%b. %d, %Y")
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*"
_PARTICLE = r"(?:de|da|del|della|der|den|di|du|la|le|van|von|bin|ibn|al|el|y)"
_NAME = re.compile(rf"{_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_WORD}){{1,4}}")
_PUBLISHER = re.compile(r"[A-Z][\w&.]*|The(?: [A-Z][\w&.]*)+")
_DATE = (
    r"\d{4}-\d{2}-\d{2}|(?:[A-Z][a-z]+day,? )?"
    r"(?:[A-Z][a-z]+\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})"
)
_LEAD = re.compile(
    rf"(?:(?:[Dd]ate|[Pp]ublished|[Uu]pdated)(?: on|:)? )?(?P<date>{_DATE})?"
    r"(?:(?:^| | ?[|·•–—] ?|, )[Bb][Yy] (?P<names>.+))?"
)
_MEDIUM = r"(?:[A-Z][\w&.]*(?: [A-Z][\w&.]*){0,3}[’']s? )?"
_CREDITS = (
    re.compile(
        rf"{_MEDIUM}(?P<names>.+?) (?:also )?contributed (?:reporting|to this "
        r"(?:report|story|article|piece))(?: from .{1,40}?)?\.?"
    ),
    re.compile(
        r"\(?(?:Additional r|R)eporting by (?P<names>[^;()]+?)(?:; ?[Ee]diting by [^;()]+)?\.?\)?"
    ),
)
_MAX_LINE = 300
_MAX_LINES = 3


class Surroundings(NamedTuple):
    """What stood around a report."""

    published: date | None = None
    byline: tuple[str, ...] = ()
    publisher: str | None = None


def strip_surroundings(text: str) -> tuple[str, Surroundings]:
    """A normalised text without its leading date and byline lines and closing credits.

    At most three lines at either end, and never the whole text. Editors named in a credit
    are no writers and are left out.
    """
    lines = text.split("\n")
    found = Surroundings()
    for _ in range(_MAX_LINES):
        lead = _lead(lines[0])
        if lead is None or not any(lines[1:]):
            break
        found = _joined(found, lead)
        lines = _trimmed(lines[1:])
    for _ in range(_MAX_LINES):
        names = _credit(lines[-1])
        if not names or not any(lines[:-1]):
            break
        found = _joined(found, Surroundings(byline=names))
        lines = _trimmed(lines[:-1])
    return "\n".join(lines), found


def day(words: str) -> date | None:
    """The day that a date in words or in ISO form names, or None."""
    plain = re.sub(r"^[A-Z][a-z]+day,? ", "", words.strip())
    for form in _FORMATS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def names_of(words: str) -> tuple[tuple[str, ...], str | None] | None:
    """(names, publisher) of a list such as "Ana Duval, Bo Lind and Cy Ott, AFP", or None."""
    items = [i for i in re.split(r", and |,| and | & ", words.strip().rstrip(".")) if i.strip()]
    items = [i.strip() for i in items]
    publisher = None
    if (len(items) > 1 and not _NAME.fullmatch(items[-1])) or (items and items[-1][:4] == "The "):
        publisher = items.pop()
        if not _PUBLISHER.fullmatch(publisher):
            return None
    if not items or not all(_NAME.fullmatch(i) for i in items):
        return None
    return tuple(items), publisher


def _lead(line: str) -> Surroundings | None:
    match = _LEAD.fullmatch(line.strip()) if line.strip() and len(line) <= _MAX_LINE else None
    if match is None or not (match["date"] or match["names"]):
        return None
    published = day(match["date"]) if match["date"] else None
    if match["date"] and published is None:
        return None
    if match["names"] is None:
        return Surroundings(published)
    names = names_of(match["names"])
    return None if names is None else Surroundings(published, *names)


def _credit(line: str) -> tuple[str, ...]:
    for pattern in _CREDITS:
        match = pattern.fullmatch(line) if len(line) <= _MAX_LINE else None
        names = names_of(match["names"]) if match else None
        if names is not None and names[1] is None:
            return names[0]
    return ()


def _joined(first: Surroundings, second: Surroundings) -> Surroundings:
    return Surroundings(
        first.published or second.published,
        tuple(dict.fromkeys(first.byline + second.byline)),
        first.publisher or second.publisher,
    )


def _trimmed(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").split("\n")
