"""The bytes of a DocBin, read as plain data and trusted in nothing.

The layout is that of `spacy.tokens.DocBin` (version 0.1) and `SpanGroup.to_bytes`: MessagePack
under zlib; tokens as an array of 64-bit numbers with a column for each attribute, strings by
their hash; span groups as records of seven numbers.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from newspan.errors import DocumentError, Fault, MissingExtra
from newspan.files import LFS_POINTER, MAX_TEXT_BYTES

__all__ = ["Packed", "Piece", "unpacked"]

_ANYWAY, _GROWTH = 2**26, 100
"""Bytes that are unpacked in any case, and how many times the size of the file beyond that:
annotated text grows ten times or so, what is made to fill the memory a thousand times."""
_SPAN = struct.Struct(">QQQllll")


class Piece(NamedTuple):
    """A span of a Doc: its label, its id, and where it is, in code points."""

    label: str
    name: str
    start: int
    end: int
    said: tuple[int, int]
    """Where the file says it is; the same, unless the file is broken."""


class Packed(NamedTuple):
    """What is of use in a Doc."""

    text: str
    ents: list[Piece]
    groups: dict[str, list[Piece]]
    user_data: Mapping[Any, Any]


class _Bin(msgspec.Struct):
    attrs: list[int]
    tokens: bytes
    spaces: bytes
    lengths: bytes
    strings: list[str]
    flags: list[dict[str, Any]] = []
    span_groups: list[bytes] = []
    user_data: list[bytes | None] = []


class _Group(msgspec.Struct):
    name: str
    spans: list[bytes]


class _Words(NamedTuple):
    """The tokens of a Doc: the text they make, and where each begins and ends in it."""

    text: str
    starts: list[int]
    ends: list[int]


def unpacked(data: bytes) -> Iterator[Packed]:
    """The documents of a DocBin.

    Raises DocumentError for anything else, or what is cut off or contradicts itself,
    MissingExtra without spaCy, whose hashes strings go by.
    """
    try:
        yield from _documents(msgspec.msgpack.decode(_inflated(data), type=_Bin))
    except (msgspec.MsgspecError, UnicodeError, RecursionError, TypeError) as error:
        raise _broken(str(error).rstrip(".") or "it is nested too deeply") from error


def _broken(why: str) -> DocumentError:
    return DocumentError(Fault(f"is no sound DocBin: {why}.", "Save it again with spaCy."))


def _inflated(data: bytes) -> bytes:
    if data.startswith(LFS_POINTER):
        raise DocumentError(Fault("is a Git LFS pointer, not the file.", "Run `git lfs pull`."))
    stream = zlib.decompressobj()
    most = max(_ANYWAY, _GROWTH * len(data))
    try:
        found = stream.decompress(data, most)
    except zlib.error as error:
        raise _broken("it cannot be decompressed") from error
    if stream.unconsumed_tail:
        raise DocumentError(
            Fault(
                f"has more than {most:,} bytes when unpacked.",
                "No annotated text packs so well; save it again with spaCy.",
            )
        )
    if not stream.eof:
        raise _broken("it is cut off")
    return found


def _documents(packed: _Bin) -> Iterator[Packed]:
    string_id = _string_id()
    strings = {string_id(s): s for s in packed.strings} | {0: ""}
    # The names of attributes have fixed numbers, the same in every version.
    columns = [string_id(name) for name in ("ORTH", "ENT_TYPE", "ENT_IOB")]
    lengths, tokens, spaces = _arrays(packed, columns[0])

    def column(attribute: int, rows: NDArray[np.uint64]) -> list[int]:
        if attribute not in packed.attrs:
            return [0] * len(rows)
        found: list[int] = rows[:, packed.attrs.index(attribute)].tolist()
        return found

    for at, (stop, length) in enumerate(zip(accumulate(lengths), lengths, strict=True)):
        rows, gaps = tokens[stop - length : stop], spaces[stop - length : stop].tolist()
        if _at(packed.flags, at, {}).get("has_unknown_spaces"):
            gaps = [True] * length  # as spaCy fills them in
        orth, kinds, iob = (column(number, rows) for number in columns)
        words = _words([_string(strings, n) for n in orth], gaps)
        labels = [_string(strings, n) for n in kinds]
        yield Packed(
            words.text,
            list(_entities(iob, labels, words)),
            dict(_groups(_at(packed.span_groups, at, b""), words, strings)),
            _user_data(_at(packed.user_data, at, None)),
        )


def _string_id() -> Callable[[str], int]:
    """spaCy's number for a string: its hash."""
    try:
        from spacy.strings import get_string_id
    except ImportError as error:
        raise MissingExtra(
            Fault("DocBin needs spaCy.", "Run `pip install 'newspan[nlp]'`.")
        ) from error
    return get_string_id


def _at(values: Sequence[Any], number: int, otherwise: Any) -> Any:
    return values[number] if number < len(values) else otherwise


def _arrays(packed: _Bin, orth: int) -> tuple[list[int], NDArray[np.uint64], NDArray[np.bool_]]:
    """The lengths of the documents, the attributes of all tokens, and which have a space."""
    if orth not in packed.attrs:
        raise _broken("its tokens have no words")
    width = len(packed.attrs)
    sizes = (len(packed.lengths) / 4, len(packed.tokens) / 8 / width, float(len(packed.spaces)))
    if not all(size.is_integer() for size in sizes):
        raise _broken("its arrays are cut off")
    lengths = np.frombuffer(packed.lengths, "<i4").tolist()
    if any(n < 0 for n in lengths) or not sum(lengths) == sizes[1] == sizes[2]:
        raise _broken("its arrays have different lengths")
    tokens = np.frombuffer(packed.tokens, "<u8").reshape(-1, width)
    return lengths, tokens, np.frombuffer(packed.spaces, bool)


def _string(strings: Mapping[int, str], number: int) -> str:
    if number not in strings:
        raise _broken(f"it lacks the string {number}")
    return strings[number]


def _words(forms: Sequence[str], gaps: Sequence[bool]) -> _Words:
    if sum(map(len, forms)) > MAX_TEXT_BYTES:
        raise DocumentError(Fault("a text is too long to be a report.", "Leave it out."))
    at, starts, ends = 0, [], []
    for form, gap in zip(forms, gaps, strict=True):
        starts.append(at)
        ends.append(at + len(form))
        at += len(form) + gap
    joined = (form + " " * gap for form, gap in zip(forms, gaps, strict=True))
    return _Words("".join(joined), starts, ends)


def _entities(iob: Sequence[int], labels: Sequence[str], words: _Words) -> Iterator[Piece]:
    """The stretches of `doc.ents`: 3 begins one, 1 goes on, all else is outside."""
    first = None
    for at in range(len(iob) + 1):
        goes_on = at < len(iob) and iob[at] == 1 and first is not None
        if goes_on and labels[at] == labels[first or 0]:
            continue
        if first is not None:
            place = words.starts[first], words.ends[at - 1]
            yield Piece(labels[first], "", *place, place)
        first = at if at < len(iob) and iob[at] in (1, 3) and labels[at] else None


def _groups(
    data: bytes, words: _Words, strings: Mapping[int, str]
) -> Iterator[tuple[str, list[Piece]]]:
    """The span groups of a document, by the keys they have in `doc.spans`."""
    if not data:
        return
    found = msgspec.msgpack.decode(data, type=dict[bytes, list[str]] | list[bytes])
    for group in found:
        plain = msgspec.msgpack.decode(group, type=_Group)
        pieces = [_piece(record, words, strings) for record in plain.spans]
        for key in found[group] if isinstance(found, dict) else [plain.name]:
            yield key, pieces


def _piece(record: bytes, words: _Words, strings: Mapping[int, str]) -> Piece:
    if len(record) != _SPAN.size:
        raise _broken("a span is cut off")
    name, _, label, first, stop, *said = _SPAN.unpack(record)
    if not 0 <= first < stop <= len(words.starts):
        raise _broken(f"a span is at tokens {first} to {stop} of {len(words.starts)}")
    place = words.starts[first], words.ends[stop - 1]
    # Numbers that are no string's hash are ids that somebody has set as numbers.
    return Piece(_string(strings, label), strings.get(name, ""), *place, (said[0], said[1]))


def _user_data(data: bytes | None) -> Mapping[Any, Any]:
    found = {} if data is None else msgspec.msgpack.decode(data)
    if not isinstance(found, dict):
        raise _broken("its user data are no dictionary")
    return found
