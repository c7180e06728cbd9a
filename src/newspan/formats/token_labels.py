"""Labelled tokens, a line each: what CoNLL files of all kinds have in common.

Columns are parted by tabs or spaces; a blank line ends a sentence; `# newdoc id = inv-0101`
says which article follows. `# global.columns = ID FORM NEWSPAN:ACTOR` names the columns, as in
CoNLL-U Plus (https://universaldependencies.org/ext-format.html). Labels are BIO, IOBES or BILOU:
a layer with its type (`B-actor:person`), either of them alone (`B-number`, `B-person`), the usual
names of entities (`B-PER`), and in the column of a layer also nothing (`B`).

Of a multiword token (`3-4 don't`) the words inside are skipped, with empty nodes (`3.1`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newspan.errors import DocumentError, Fault
from newspan.formats.labels import kind_of
from newspan.schema.model import LAYERS

__all__ = ["Block", "Columns", "Stretch", "blocks", "stretches"]

_NO_LABEL = ("O", "_", "-", "*", "")
_BEGINS, _GOES_ON = "BUS", "ILE"
_ENTITIES = ("ner", "ne")
"""Columns of others that hold labels of any layer."""
_WORD = re.compile(r"\d{1,9}")
_RANGE = re.compile(r"\d{1,9}-(\d{1,9})")
_EMPTY_NODE = re.compile(r"\d{1,9}\.\d{1,9}")


class Columns(NamedTuple):
    """Which column of a line holds what, counted from 0; None where there is none."""

    form: int
    labels: tuple[int, ...]
    layers: tuple[str, ...]
    """The layer of each label column; empty where the labels say it."""
    misc: int | None = None
    id: int | None = None
    fewest: int = 2
    """Columns that a line must have."""


class Token(NamedTuple):
    """A token: its line (from 1), its form as written, its labels and its further features."""

    line: int
    form: str
    labels: tuple[str, ...]
    misc: str


class Sentence(NamedTuple):
    """The tokens of a sentence; comments before them, by key, with their lines and values."""

    comments: dict[str, tuple[int, str]]
    tokens: list[Token]


class Block(NamedTuple):
    """The sentences of one document, under the name that the file gives it."""

    name: str
    columns: Columns
    sentences: list[Sentence]

    @property
    def tokens(self) -> list[Token]:
        """The tokens of all its sentences."""
        return [token for sentence in self.sentences for token in sentence.tokens]


class Stretch(NamedTuple):
    """Labelled tokens that belong together; offsets are code points."""

    layer: str
    type: str | None
    start: int
    end: int


def blocks(
    lines: Iterable[str], columns: Columns, unnamed: str | None = None, path: Path | None = None
) -> Iterator[Block]:
    """The documents of a file, whose lines come without their ends.

    `columns` holds until the file names its own. What comes before the first `# newdoc`, or
    after one without id, is called `unnamed`, with a number from the second on. Raises
    DocumentError for a line without the columns needed and, without `unnamed`, for tokens of
    which nothing says whose they are.
    """
    reader = _Reader(columns, unnamed, path)
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            key, _, value = line[1:].strip().partition("=")
            yield from reader.comment(key.strip(), value.strip(), number)
        elif not line.strip():
            reader.blank()
        elif not line.startswith("-DOCSTART-"):
            reader.token(line.split("\t") if "\t" in line else line.split(), number)
    yield from reader.finished()


class _Reader:
    """The document that is being read."""

    def __init__(self, columns: Columns, unnamed: str | None, path: Path | None) -> None:
        self._columns, self._unnamed, self._path = columns, unnamed, path
        self._nameless = 0
        self._block: Block | None = None
        self._sentence: Sentence | None = None
        self._comments: dict[str, tuple[int, str]] = {}
        self._until = 0
        """Last word of the multiword token that is open."""

    def comment(self, key: str, value: str, line: int) -> Iterator[Block]:
        """Take a comment; gives the document that it ends."""
        if key == "global.columns":
            self._columns = _columns(value.split(), self._path, line)
            if self._block is not None and not self._block.sentences:
                self._block = self._block._replace(columns=self._columns)
            elif self._block is not None and self._block.columns != self._columns:
                yield from self.finished()
        elif key in ("newdoc id", "newdoc_id", "newdoc"):
            waiting, self._comments = self._comments, {}
            yield from self.finished()
            self._comments = waiting
            if value or self._unnamed is not None:
                self._block = Block(value or self._next_name(), self._columns, [])
        else:
            self._comments[key] = line, value

    def token(self, cells: Sequence[str], line: int) -> None:
        """Take a token's line."""
        columns, sentence = self._columns, self._open()
        if sentence is None:
            raise self._fault("no article is named above.", "Write `# newdoc id = …`.", line)
        if len(cells) < columns.fewest:
            remedy = f"A line of a token has at least {columns.fewest}, parted by tabs."
            raise self._fault("a column is missing.", remedy, line)
        labels = tuple(cells[at] for at in columns.labels)
        misc = "_" if columns.misc is None else cells[columns.misc]
        number = "" if columns.id is None else cells[columns.id]
        if found := _RANGE.fullmatch(number):
            self._until = int(found[1])
        elif _WORD.fullmatch(number) and int(number) <= self._until and sentence.tokens:
            last = sentence.tokens[-1]
            both = zip(last.labels, labels, strict=True)
            joined = tuple(new if old in _NO_LABEL else old for old, new in both)
            sentence.tokens[-1] = last._replace(labels=joined)
            return
        elif _EMPTY_NODE.fullmatch(number):
            return
        sentence.tokens.append(Token(line, cells[columns.form], labels, misc))

    def blank(self) -> None:
        """Take a blank line: the end of a sentence, or of comments that stand alone."""
        if self._comments and self._block is not None:
            self._block.sentences.append(Sentence(self._comments, []))
        self._comments, self._sentence, self._until = {}, None, 0

    def finished(self) -> Iterator[Block]:
        """The document read so far, if there is one."""
        self.blank()
        if self._block is not None:
            yield self._block
        self._block = None

    def _open(self) -> Sentence | None:
        """The sentence that a token is of; None where nothing says whose it is."""
        if self._block is None and self._unnamed is not None:
            self._block = Block(self._next_name(), self._columns, [])
        if self._sentence is None and self._block is not None:
            self._sentence, self._comments = Sentence(self._comments, []), {}
            self._block.sentences.append(self._sentence)
        return self._sentence

    def _fault(self, message: str, remedy: str, line: int) -> DocumentError:
        name = None if self._block is None else self._block.name
        return DocumentError(Fault(message, remedy, self._path, name, line=line))

    def _next_name(self) -> str:
        self._nameless += 1
        return f"{self._unnamed}-{self._nameless}" if self._nameless > 1 else str(self._unnamed)


def _columns(names: Sequence[str], path: Path | None, line: int) -> Columns:
    plain = [name.rpartition(":")[2].casefold() for name in names]
    if "form" not in plain:
        raise DocumentError(
            Fault("the columns have no FORM.", f"Layers: {', '.join(LAYERS)}.", path, line=line)
        )
    chosen = tuple(at for at, name in enumerate(plain) if name in (*LAYERS, *_ENTITIES))
    layers = tuple("" if plain[at] in _ENTITIES else plain[at] for at in chosen)
    misc, own = (plain.index(name) if name in plain else None for name in ("misc", "id"))
    form = plain.index("form")
    return Columns(form, chosen, layers, misc, own, 1 + max(form, misc or 0, own or 0, *chosen))


def stretches(
    block: Block, places: Sequence[tuple[int, int]], path: Path | None = None
) -> Iterator[Stretch]:
    """The labelled stretches of a document, column by column; `places` are its tokens'.

    Raises DocumentError, with every such label, where labels are of no layer.
    """
    faults: list[Fault] = []
    tokens = block.tokens
    for number, column in enumerate(block.columns.layers):
        opened: Stretch | None = None
        for token, (start, end) in zip(tokens, places, strict=True):
            label = token.labels[number]
            kind = None if label in _NO_LABEL else _kind(label, column)
            if kind is None and label not in _NO_LABEL:
                faults.append(_unknown(label, column, block.name, path, token.line))
            goes_on = label[:1] not in _BEGINS
            if opened is not None and kind == (opened.layer, opened.type) and goes_on:
                opened = opened._replace(end=end)
                continue
            if opened is not None:
                yield opened
            opened = None if kind is None else Stretch(*kind, start, end)
        if opened is not None:
            yield opened
    if faults:
        raise DocumentError(*faults)


def _kind(label: str, column: str) -> tuple[str, str | None] | None:
    """Layer and type of a label with its prefix, if it has one."""
    head, dash, rest = label.partition("-")
    if head in (*_BEGINS, *_GOES_ON) and (dash or column):
        return kind_of(rest, column)
    return kind_of(label, column)


def _unknown(label: str, column: str, name: str, path: Path | None, line: int) -> Fault:
    here = f"of no type of {column}" if column else "of no layer"
    return Fault(f"the label {label!r} is {here}.",
                 f"Layers: {', '.join(LAYERS)}; their types are in schema/layers.json.",
                 path, name, line=line)  # fmt: skip
