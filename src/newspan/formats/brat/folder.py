"""Folders of brat's: reading their pairs of files, and writing a folder whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from newspan.errors import DocumentError, Fault, NewspanError, TextError
from newspan.files import MAX_TEXT_BYTES, read_bytes, refuse_irregular
from newspan.formats.brat.conf import annotation_conf, visual_conf
from newspan.formats.standoff_lines import Pair
from newspan.swap import replacing

__all__ = ["CONFIGURED", "read_brat", "write_brat"]

CONFIGURED = "annotation.conf"
"""The file that says what brat offers in a folder."""
_SIDE = ".newspan.json"
_ARTICLE = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def read_brat(path: Path) -> Iterator[Pair]:
    """The pairs of a folder, in the order of their names; of no folder below it.

    Raises NewspanError where it is no folder, holds no `.ann` file, or a text is missing or is
    not UTF-8. A text without an `.ann` file has not been annotated, and is passed over.
    """
    if not path.is_dir():
        why = "is no folder." if path.exists() else "is missing."
        raise NewspanError(Fault(why, "Name a folder of .txt and .ann files.", path))
    files = sorted(path.glob("*.ann"), key=lambda file: file.stem)
    if not files and not (path / CONFIGURED).is_file():
        raise NewspanError(
            Fault("holds no .ann file.", "Name a folder of .txt and .ann files.", path)
        )
    for file in files:
        side = file.with_name(f"{file.stem}{_SIDE}")
        refuse_irregular(file)
        refuse_irregular(side)
        yield Pair(
            file.stem,
            _text(file.with_suffix(".txt")),
            _text(file),
            read_bytes(side, MAX_TEXT_BYTES) if side.is_file() else None,
            file,
        )


def _text(path: Path) -> str:
    """The text as it is: with its line ends and its byte-order mark, which offsets count."""
    refuse_irregular(path)
    data = read_bytes(path, MAX_TEXT_BYTES)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        why = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8."
        remedy = "Convert the file from its own encoding to UTF-8."
        raise TextError(Fault(why, remedy, path, line=line)) from error


def write_brat(pairs: Iterable[Pair], path: Path) -> None:
    """The files of each pair and brat's configuration, in a folder made or replaced whole.

    Raises NewspanError where the folder holds what was not written here.
    """
    _refuse_other_folder(path)
    with replacing(path) as staged:
        for pair in pairs:
            if len(pair.name) > 64 or not _ARTICLE.fullmatch(pair.name):
                why = f"{pair.name[:80]!r} is no id of an article."
                raise DocumentError(Fault(why, "It becomes the name of a file.", path))
            _write(staged / f"{pair.name}.txt", pair.text)
            _write(staged / f"{pair.name}.ann", pair.ann)
            if pair.about is not None:
                (staged / f"{pair.name}{_SIDE}").write_bytes(pair.about)
        _write(staged / CONFIGURED, annotation_conf())
        _write(staged / "visual.conf", visual_conf())


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _refuse_other_folder(path: Path) -> None:
    """Only a folder written here may be replaced: its texts all have their side files."""
    if not path.is_dir():
        return
    ours = {CONFIGURED, "visual.conf"}
    for side in path.glob(f"*{_SIDE}"):
        name = side.name.removesuffix(_SIDE)
        ours |= {side.name, f"{name}.txt", f"{name}.ann"}
    others = sorted(p.name for p in path.iterdir() if p.name not in ours)
    if others:
        why = f"holds other things than were written here: {', '.join(others[:5])}."
        raise NewspanError(Fault(why, "Name a new folder.", path))
