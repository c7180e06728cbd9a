"""CoNLL-U rows as GUM writes them: words, their place in the sentence, comments.

Format: https://universaldependencies.org/format.html. Read here, not by the library conllu,
since a fault must name the line it is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from newspan.errors import DocumentError, Fault
from newspan.formats.gum.report import Place, Sentence

__all__ = ["Record", "Row", "records"]

COLUMNS = 10
_ID = re.compile(r"(\d{1,6})(?:-(\d{1,6})|\.\d{1,6})?")
_TABLE = "A row of CoNLL-U has ten columns parted by tabs: ID, FORM, … HEAD, … MISC."


class Row(NamedTuple):
    """A word: what the mapping looks at."""

    id: int
    """Number in the sentence, from 1."""
    form: str
    upos: str
    xpos: str
    plural: bool
    head: int
    """Number of its governor, 0 for the root."""
    deprel: str
    entity: str
    """Brackets of the entities that begin or end here; mostly empty."""
    line: int
    """Line of the file, from 1."""


@dataclass(slots=True)
class Record:
    """A document of a file."""

    name: str
    line: int
    meta: dict[str, str] = field(default_factory=dict)
    entity_fields: tuple[str, ...] = ()
    """What the brackets of an entity hold, as `# global.Entity` says."""
    sentences: list[Sentence] = field(default_factory=list)
    rows: list[list[Row]] = field(default_factory=list)
    """The words of each sentence."""


def records(text: str, path: Path) -> Iterator[Record]:
    """The documents of a file, each from its `# newdoc id`.

    Raises DocumentError, with the line, where a row is broken, where words stand before any
    `# newdoc id`, and where the words of a sentence do not give its `# text`.
    """
    record: Record | None = None
    found: list[Record] = []
    comments: list[tuple[str, str]] = []
    table: list[tuple[int, list[str]]] = []
    first = 1
    for number, written in enumerate([*text.split("\n"), ""], start=1):
        line = written.removesuffix("\r")
        if line.startswith("#"):
            key, _, value = line[1:].strip().partition(" = ")
            comments.append((key, value.strip()))
            first = number if len(comments) == 1 else first
        elif line.strip():
            table.append((number, _columns(line, path, number)))
        elif table:
            name = dict(comments).get("newdoc id")
            if name is not None:
                record = Record(name, first)
                found.append(record)
            if record is None:
                raise _fault("words before any “# newdoc id”.", "Put it first.", path, table[0][0])
            _add(record, comments, table, path)
            comments, table = [], []
    if not found:
        raise _fault("holds no words under a “# newdoc id”.", "Name GUM's files in dep/.", path)
    yield from found


def _columns(line: str, path: Path, number: int) -> list[str]:
    columns = line.split("\t")
    if len(columns) != COLUMNS or not _ID.fullmatch(columns[0]):
        raise _fault(f"is no row of CoNLL-U: {line[:40]!r}.", _TABLE, path, number)
    return columns


def _add(
    record: Record,
    comments: list[tuple[str, str]],
    table: list[tuple[int, list[str]]],
    path: Path,
) -> None:
    said = dict(comments)
    record.meta |= {k.removeprefix("meta::"): v for k, v in said.items() if k.startswith("meta::")}
    if "global.Entity" in said:
        record.entity_fields = tuple(said["global.Entity"].split("-"))
    block = None
    if any(key == "newpar" or key.startswith("newpar id") for key in said):
        block = said.get("newpar_block", "")
    words, places, rows = _words(table, path)
    if said.get("text", words) != words:
        raise _fault(
            f"the words of the sentence give {words[:60]!r}, its “# text” is another.",
            "Fetch the file again; SpaceAfter=No and “# text” must agree.",
            path, table[0][0], record.name,
        )  # fmt: skip
    record.sentences.append(Sentence(words, places, block))
    record.rows.append(rows)


def _words(
    table: list[tuple[int, list[str]]], path: Path
) -> tuple[str, list[Place], list[Row]]:  # fmt: skip
    """(the sentence as written, where its words stand in it, the words)."""
    text, gap = "", ""
    places: list[Place] = []
    rows: list[Row] = []
    last, whole = 0, (0, 0)  # of a row for several words: the last of them, and its place
    inner = 0
    for number, columns in table:
        match = _ID.fullmatch(columns[0])
        if match is None or "." in columns[0]:  # a word that is understood, not written
            continue
        misc = columns[9].split("|")
        start, end = int(match[1]), match[2]
        if end is None and start <= last:
            rows.append(_row(columns, misc, number, path))
            places.append(_within(text, whole, inner, columns[1]))
            inner += len(columns[1])
            continue
        text += gap + columns[1]
        place = (len(text) - len(columns[1]), len(text))
        gap = "" if "SpaceAfter=No" in misc else " "
        if place[0] == place[1]:
            raise _fault("a word without a form.", _TABLE, path, number)
        if end is None:
            rows.append(_row(columns, misc, number, path))
            places.append(place)
        else:
            last, whole, inner = int(end), place, 0
    return text, places, rows


def _within(text: str, whole: Place, inner: int, form: str) -> Place:
    """Where a word stands that is written together with others.

    Where their forms do not make up what is written, each stands for all of it.
    """
    start = whole[0] + inner
    end = start + len(form)
    return (start, end) if end <= whole[1] and text[start:end] == form else whole


def _row(columns: list[str], misc: list[str], number: int, path: Path) -> Row:
    if not re.fullmatch(r"\d{1,6}|_", columns[6]):
        raise _fault(f"HEAD is {columns[6][:20]!r}, no number.", _TABLE, path, number)
    return Row(
        id=int(columns[0]),
        form=columns[1],
        upos=columns[3],
        xpos=columns[4],
        plural="Number=Plur" in columns[5].split("|"),
        head=0 if columns[6] == "_" else int(columns[6]),
        deprel=columns[7],
        entity=next((m[7:] for m in misc if m.startswith("Entity=")), ""),
        line=number,
    )


def _fault(
    message: str, remedy: str, path: Path, line: int | None = None, record: str = ""
) -> DocumentError:  # fmt: skip
    where = f"{record}: " if record else ""
    return DocumentError(Fault(where + message, remedy, path, line=line))
