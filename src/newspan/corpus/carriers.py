"""Reading owners' texts from the collections that carry them.

A carrier yields a `CarriedText` for each text: the record's id where the collection has
one, and the paragraphs in the order of the file, each normalised. Which text belongs to
which stand-off record, and which paragraphs are the report, is for `alignment` to prove.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newspan.errors import DocumentError, Fault, NewspanError, TextError
from newspan.files import read_bytes, read_text
from newspan.text import normalize

__all__ = ["COLLECTIONS", "CarriedText", "read_carrier"]

COLLECTIONS = {
    "sel": "dexter-datasets entity-saliency",
    "gum": "GUM",
    "text": "text",
}
"""Name of a carrier on the command line to `carrier.collection` of a stand-off record."""

_SEL_FILES = ("original.jsonl", "saliency-dataset.json")
_TEXT_SUFFIXES = (".txt", ".md", ".text")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE_LINE = re.compile(rf"(?:[A-Z][a-z]+day, )?{_MONTH} \d{{1,2}}, \d{{4}}")


class CarriedText(NamedTuple):
    """A text as its owner's collection has it."""

    record: str | None
    """The record's id in the collection; for a plain file, its name without the suffix."""
    readings: tuple[tuple[str, ...], ...]
    """Normalised paragraphs, once for each way the file may mark them; the likeliest first."""
    path: Path
    date: str | None = None
    """The day as the carrier gives it, where it does."""


def read_carrier(carrier: str, source: Path) -> list[CarriedText]:
    """Every text that a carrier's file or folder holds, in the order of the files.

    `carrier` is a key of COLLECTIONS. Raises NewspanError where nothing is there to read,
    and with every unreadable file together.
    """
    if carrier not in COLLECTIONS:
        raise NewspanError(
            Fault(f"unknown carrier {carrier!r}.", f"Carriers: {', '.join(COLLECTIONS)}.")
        )
    if not source.exists():
        raise NewspanError(Fault("is not there.", "Check the path.", source))
    found: list[CarriedText] = []
    faults: list[Fault] = []
    for path in _files(carrier, source):
        try:
            found += _READERS[carrier](path)
        except NewspanError as error:
            faults += error.faults
    if faults:
        raise DocumentError(*faults)
    if not found:
        raise NewspanError(Fault(f"holds no text of carrier {carrier}.", _HINTS[carrier], source))
    return found


def _files(carrier: str, source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    if carrier == "sel":
        return [source / name for name in _SEL_FILES if (source / name).is_file()][:1]
    if carrier == "gum":
        folder = source / "dep" if (source / "dep").is_dir() else source
        return sorted(folder.glob("*.conllu"))
    return sorted(p for p in source.iterdir() if p.suffix in _TEXT_SUFFIXES and p.is_file())


def _read_sel(path: Path) -> Iterator[CarriedText]:
    """One JSON record a line: `docId`, and `document`, a list of named parts."""
    for number, line in enumerate(read_bytes(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _sel_record(msgspec.json.decode(line), path)
        except TextError as error:
            raise TextError(*(_at(f, path, number) for f in error.faults)) from error
        except (msgspec.DecodeError, KeyError, TypeError) as error:
            raise DocumentError(
                Fault(
                    f"is no record of this carrier ({type(error).__name__}: {error}).",
                    "Each line is a JSON object with docId and document.",
                    path,
                    line=number,
                )
            ) from error


def _sel_record(record: Mapping[str, Any], path: Path) -> CarriedText:
    parts = [(str(p["name"]), str(p["value"])) for p in record["document"]]
    body = [value for name, value in parts if name.startswith("body_par_")]
    date = next((value.strip() for name, value in parts if name == "dateline"), None)
    return CarriedText(str(record["docId"]), (_split("\n\n".join(body)),), path, date or None)


def _read_gum(path: Path) -> Iterator[CarriedText]:
    """CoNLL-U: sentences' `# text`, joined by a space within a `# newpar`."""
    comments: list[tuple[str, str]] = []
    for line in read_text(path, limit=None).split("\n"):
        if line.startswith("# "):
            key, _, value = line[2:].partition(" = ")
            if key == "newdoc id" and comments:
                yield _gum_text(comments, path)
                comments = []
            comments.append((key, value.strip()))
    if any(key == "text" for key, _ in comments):
        yield _gum_text(comments, path)


def _gum_text(comments: list[tuple[str, str]], path: Path) -> CarriedText:
    """The report without its headline and the line of its date."""
    meta = dict(comments)
    blocks: list[tuple[str, list[str]]] = [("", [])]  # a few documents begin without a newpar
    for key, value in comments:
        if key == "newpar" or key.startswith("newpar id"):
            blocks.append(("", []))
        elif key == "newpar_block":
            blocks[-1] = (value, blocks[-1][1])
        elif key == "text":
            blocks[-1][1].append(value)
    kept = [(kind, " ".join(sentences)) for kind, sentences in blocks if sentences]
    if kept and kept[0][0].startswith("head"):
        kept = kept[1:]
    if kept and _DATE_LINE.fullmatch(kept[0][1]):
        kept = kept[1:]
    paragraphs = _split("\n\n".join(words for _, words in kept))
    return CarriedText(meta.get("newdoc id"), (paragraphs,), path, meta.get("meta::dateCreated"))


def _read_text_file(path: Path) -> Iterator[CarriedText]:
    """A plain text: blank lines part paragraphs, or every line is one, or lines are wrapped."""
    content = read_text(path)
    try:
        text = normalize(content)
    except TextError as error:
        raise TextError(*(_at(f, path) for f in error.faults)) from error
    readings = [
        _split(text),
        _split(text.replace("\n", "\n\n")),
        tuple(" ".join(p.split("\n")) for p in _split(text)),
    ]
    yield CarriedText(path.stem, tuple(dict.fromkeys(readings)), path)


def _split(text: str) -> tuple[str, ...]:
    return tuple(p for p in normalize(text).split("\n\n") if p)


def _at(fault: Fault, path: Path, line: int | None = None) -> Fault:
    return Fault(fault.message, fault.remedy, path, line=line)


_READERS: dict[str, Callable[[Path], Iterator[CarriedText]]] = {
    "sel": _read_sel,
    "gum": _read_gum,
    "text": _read_text_file,
}
_HINTS = {
    "sel": f"Name the file, or the folder that holds {' or '.join(_SEL_FILES)}.",
    "gum": "Name GUM's folder dep/, the folder above it, or one .conllu file.",
    "text": f"Name a text file, or a folder of them ({', '.join(_TEXT_SUFFIXES)}).",
}
