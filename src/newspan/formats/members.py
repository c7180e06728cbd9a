"""Documents that are files of their own: in a zip archive, in a folder, or one alone.

A member is (name, bytes); names use `/`. They are only looked at, never used as a path.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_bytes, write_chunks
from newspan.formats.slugs import slug

__all__ = ["MEMBER_BYTES", "Member", "article_name", "read_members", "write_members"]

Member = tuple[str, bytes]
"""Name and content of a file."""

MEMBER_BYTES = 100_000_000
"""No annotated news report is longer; what unpacks to more is refused before it is unpacked."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Time of every member: the first that a zip archive can state, so that bytes are the same."""


def article_name(name: str, suffixes: Iterable[str] = ()) -> str:
    """An article id made from the last part of a file name or address.

    Without the suffixes, as often as they stand there; small letters and digits stay, what is
    between becomes hyphens. What is too long or empty is for the model to refuse.
    """
    last = name.rstrip("/#").rpartition("/")[2].rpartition(":")[2].lower()
    ends = tuple(suffixes)
    while (end := next((e for e in ends if last.endswith(e)), None)) is not None:
        last = last.removesuffix(end)
    return slug(last)


def read_members(path: Path, suffixes: Sequence[str]) -> Iterator[Member]:
    """The members of a zip archive or of a folder whose names have one of the suffixes; a file
    that is no archive is itself the only one.

    In the order of the suffixes, then of the archive, or by name in a folder. Raises
    DocumentError for a broken archive, for a member that is too big, and where files are there
    but none is of these.
    """
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.is_file())
        for name in _chosen([p.name for p in files], suffixes, path):
            yield name, read_bytes(path / name, MEMBER_BYTES)
    elif path.suffix == ".zip":
        yield from _unpacked(path, suffixes)
    else:
        yield path.name, read_bytes(path, MEMBER_BYTES)


def _chosen(names: Iterable[str], suffixes: Sequence[str], path: Path) -> list[str]:
    there = [name for name in names if not name.endswith("/")]
    found = [n for suffix in suffixes for n in there if n.lower().endswith(suffix)]
    if there and not found:
        raise DocumentError(
            Fault(f"holds no file ending in {suffixes[-1]}.", "Say its format with --from.", path)
        )
    return found


def _unpacked(path: Path, suffixes: Sequence[str]) -> Iterator[Member]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            for name in _chosen(archive.namelist(), suffixes, path):
                with archive.open(name) as member:
                    data = member.read(MEMBER_BYTES + 1)
                if len(data) > MEMBER_BYTES:
                    raise DocumentError(
                        Fault(f"its {name} unpacks to more than {MEMBER_BYTES:,} bytes.",
                              "No annotated report is that long; split it.", path)
                    )  # fmt: skip
                yield name, data
    except NewspanError:
        raise
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be read: {error.strerror}.", "Check the path and its rights.", path)
        ) from error
    except _BROKEN as error:
        raise DocumentError(
            Fault(f"is no zip archive that can be read: {error}.", "Fetch it again.", path)
        ) from error


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for an archive that is cut off, encrypted or packed in unknown ways."""


def write_members(members: Iterable[Member], path: Path) -> None:
    """A zip archive of the members, whole or not at all, the same bytes every time.

    Raises NewspanError for a name that does not end in `.zip`: the format is several files.
    """
    if path.suffix != ".zip":
        raise NewspanError(
            Fault("is one file, but every document is a file of its own.",
                  "Name an archive, such as corpus.xmi.zip or corpus.cas.zip.", path)
        )  # fmt: skip
    write_chunks(_archive(members), path)


class _Sink:
    """What zipfile writes, handed on piece by piece, so that no archive is ever held."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self.pieces)
        self.pieces.clear()
        return found


def _archive(members: Iterable[Member]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, data in members:
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
            yield sink.taken()
    yield sink.taken()
