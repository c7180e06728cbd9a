"""Errors that carry the objects they speak of and end with what to do.

Every error is a `NewspanError`. A `Fault` is one thing wrong at one place; the errors
that report several faults of a document at once carry them as a tuple.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["DocumentError", "Fault", "MissingExtra", "NewspanError", "TextError"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One defect: what is wrong, where, and what to do about it.

    `path`, `article_id` and `span_id` are None where they do not apply. `line` is 1-based.
    """

    message: str
    remedy: str = ""
    path: Path | None = None
    article_id: str | None = None
    span_id: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = str(self.path) if self.path is not None else ""
        if self.line is not None:
            place += f":{self.line}" if place else f"line {self.line}"
        where = [place] if place else []
        if self.article_id is not None:
            where.append(f"article {self.article_id}")
        if self.span_id is not None:
            where.append(f"span {self.span_id}")
        head = ", ".join(where)
        tail = f" {self.remedy}" if self.remedy else ""
        return printable(f"{head}: {self.message}{tail}" if head else f"{self.message}{tail}")


def printable(message: str) -> str:
    """The message with control and bidirectional characters shown as escapes.

    Messages quote hostile input; a terminal must not act on it.
    """
    return "".join(
        c if c == "\n" or c.isprintable() or c == "\N{NO-BREAK SPACE}" else _escape(ord(c))
        for c in message
    )


def _escape(point: int) -> str:
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


class NewspanError(Exception):
    """Base of all errors of this package. `faults` holds every defect found, in order."""

    def __init__(self, *faults: Fault | str) -> None:
        self.faults: tuple[Fault, ...] = tuple(
            f if isinstance(f, Fault) else Fault(f) for f in faults
        )
        super().__init__("\n".join(str(f) for f in self.faults))


class TextError(NewspanError, ValueError):
    """A text that cannot be normalised: NUL, lone surrogate, control character, not UTF-8."""


class DocumentError(NewspanError, ValueError):
    """A document, table or file that breaks the data model; all its faults together."""


class MissingExtra(NewspanError, ImportError):
    """A library behind an extra is not installed; the message names the extra."""
