"""GUM's TEI XML as sentences of words, each word with the quotes and turns it stands in.

A word is a line of its own, its columns parted by tabs: form, tag, lemma, … Elements stand
around words (`<quote>`, `<q>`, `<w>`, …) or around sentences (`<p>`, `<sp>`, `<quote>`, …).
White space is not recorded: it follows from `<w>`, which holds what is written together, and
from the tags. A test compares it with GUM's CoNLL-U, which does record it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from newspan.errors import DocumentError, Fault, MissingExtra
from newspan.formats.gum.report import Place, Sentence

__all__ = ["Element", "Text", "Token", "texts"]

SPEECH = ("quote", "q", "sp")
"""Elements that words are said in."""

DEEPEST = 50
"""More of them within one another are no text; each word carries all it stands in."""

_CLITIC = re.compile(r"n['’]t|['’](s|re|ve|ll|d|m)|ll", re.IGNORECASE)
"""Second parts of words that are written as one."""
_CLOSING = (",", ":", "SENT", "POS", "''", ")")
_OPENING = ("``", "(")
"""Tags (those of TreeTagger, with which GUM began) of words with no space before, or after."""
_APART = re.compile(r"[-–—]+|\[.*\]|\.\.+|….*|/")
"""Tagged as closing punctuation, but with a space before: dashes, and what stands for words."""


class Element(NamedTuple):
    """A quote, a `<q>` or a turn of a speaker."""

    number: int
    """Counted in the text from 0, as they open."""
    tag: str
    attributes: Mapping[str, str]
    block: bool
    """Stands around sentences, not within one."""


class Token(NamedTuple):
    """A word."""

    form: str
    tag: str
    joined: int | None
    """The `<w>` it stands in."""
    caption: bool
    """Stands under a picture."""
    inside: tuple[Element, ...]
    """Elements of SPEECH that it stands in, outermost first."""


@dataclass(slots=True)
class Text:
    """A document of a file."""

    meta: Mapping[str, str]
    sentences: list[Sentence] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    """The words of all sentences."""
    elements: list[Element] = field(default_factory=list)


class _Events:
    """Collects what the parser meets, so that no depth of nesting is too deep."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, Mapping[str, str]]] = []
        self._data: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        self.found.append(("start", tag, dict(attributes)))

    def end(self, tag: str) -> None:
        self._flush()
        self.found.append(("end", tag, {}))

    def data(self, data: str) -> None:
        self._data.append(data)

    def close(self) -> None:
        """Nothing is left open: the parser has seen to it."""

    def _flush(self) -> None:
        if (words := "".join(self._data)).strip():
            self.found.append(("data", words, {}))
        self._data.clear()


def texts(xml: str, path: Path) -> list[Text]:
    """The documents of a file, each from its `<text>`.

    Raises DocumentError for what is no XML, declares a document type or entities, has no
    `<text>`, or words elsewhere than in an `<s>`; MissingExtra without defusedxml.
    """
    found: list[Text] = []
    reading: _Reading | None = None
    for kind, value, attributes in _events(xml, path):
        if kind == "start" and value == "text":
            if reading is not None:
                raise _fault("a <text> within a <text>.", path)
            reading = _Reading(Text(attributes), path)
            found.append(reading.text)
        elif kind == "end" and value == "text":
            reading = None
        elif reading is not None:
            getattr(reading, kind)(value, attributes)
    if not found:
        raise _fault("holds no <text>.", path)
    return found


def _events(xml: str, path: Path) -> list[tuple[str, str, Mapping[str, str]]]:
    try:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import XMLParser
    except ImportError as error:
        raise MissingExtra(
            Fault("reading XML safely needs defusedxml.", "Run `pip install 'newspan[formats]'`.")
        ) from error
    events = _Events()
    try:
        parser: Any = XMLParser(target=events, forbid_dtd=True)
        parser.feed(xml)
        parser.close()
    except DefusedXmlException as error:
        raise _fault(
            f"declares a document type or entities ({type(error).__name__}).", path
        ) from error
    except (ParseError, ValueError) as error:
        raise _fault(f"is not XML: {error}.", path) from error
    return events.found


@dataclass(slots=True)
class _Reading:
    """Where in a text the events have come to."""

    text: Text
    path: Path
    inside: tuple[Element, ...] = ()
    words: list[int] = field(default_factory=list)
    """The `<w>` that are open, numbered."""
    n_words: int = 0
    captions: int = 0
    block: str | None = None
    """The first element that began around sentences after the last of them."""
    sentence: list[Token] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "s":
            if self.sentence is not None:
                raise _fault("an <s> within an <s>.", self.path)
            self.sentence = []
            return
        around = self.sentence is None
        if around and self.block is None:
            self.block = tag
        if tag in SPEECH:
            element = Element(len(self.text.elements), tag, attributes, around)
            if len(self.inside) >= DEEPEST:
                raise _fault(f"more than {DEEPEST} quotes within one another.", self.path)
            self.text.elements.append(element)
            self.inside = (*self.inside, element)
        self.captions += tag == "caption"
        if tag == "w":
            self.n_words += 1
            self.words.append(self.n_words)

    def end(self, tag: str, _: Mapping[str, str]) -> None:
        if tag == "s" and self.sentence:
            written, places = _written(self.sentence)
            self.text.sentences.append(Sentence(written, places, self.block))
            self.text.tokens += self.sentence
            self.block = None
        if tag == "s":
            self.sentence = None
        if tag in SPEECH:
            self.inside = self.inside[:-1]
        self.captions -= tag == "caption"
        if tag == "w":
            self.words.pop()

    def data(self, lines: str, _: Mapping[str, str]) -> None:
        joined = self.words[-1] if self.words else None
        for line in lines.split("\n"):
            if not line.strip():
                continue
            form, _tab, rest = line.strip("\r").partition("\t")
            if self.sentence is None or not form.strip() or not rest:
                place = f"after {len(self.text.sentences)} sentences"
                raise _fault(f"{place}: {line[:40]!r} is no word in an <s>.", self.path)
            tag = rest.partition("\t")[0]
            self.sentence.append(
                Token(form.strip(), tag, joined, self.captions > 0, self.inside)
            )  # fmt: skip


def _written(tokens: list[Token]) -> tuple[str, list[Place]]:
    """(a sentence as it is written, where its words stand in it)."""
    parts: list[str] = []
    places: list[Place] = []
    at = 0
    for n, token in enumerate(tokens):
        gap = " " if n and _is_spaced(tokens[n - 1], token) else ""
        at += len(gap)
        places.append((at, at + len(token.form)))
        parts += [gap, token.form]
        at += len(token.form)
    return "".join(parts), places


def _is_spaced(before: Token, after: Token) -> bool:
    """Whether white space stands between two words."""
    if before.joined is not None and before.joined == after.joined:
        return False
    if before.tag in _OPENING or after.form == "%" or _CLITIC.fullmatch(after.form):
        return False
    return after.tag not in _CLOSING or bool(_APART.fullmatch(after.form))


def _fault(message: str, path: Path) -> DocumentError:
    remedy = "Name GUM's files in xml/: words, a line each, in <s>, in one <text id=…>."
    return DocumentError(Fault(message, remedy, path))
