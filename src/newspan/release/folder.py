"""A release: a folder for the Hugging Face Hub, and the same as an archive with its digest."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newspan.corpus.layout import INDEX, PHENOMENA, TABLES
from newspan.errors import Fault, NewspanError
from newspan.files import is_there, read_bytes, read_json, read_text, write_atomically
from newspan.formats.slugs import slug
from newspan.release.card import checked_card
from newspan.release.citation import read_citation
from newspan.release.croissant import CROISSANT, croissant
from newspan.release.responsible import responsible_fields
from newspan.swap import replacing

__all__ = ["SUMS", "Release", "release"]

SUMS = "SHA256SUMS"
"""Digests of all other files, as `sha256sum --check` reads them."""
_ASKED = {
    "README.md": "It is the dataset card.",
    "CITATION.cff": "See https://citation-file-format.github.io.",
    "DATASHEET.md": "It answers the questions of Datasheets for Datasets.",
    f"corpus/{TABLES}/{INDEX}": "Run `newspan build`.",
}
"""What a release cannot do without, and what to do where it is missing."""
_BESIDE = ("LICENSE", "LICENSE-DATA", "NOTICE", "CHANGELOG.md", "ERRATA.md", "corpus/VERSION",
           f"corpus/{PHENOMENA}")  # fmt: skip
_LINK = re.compile(r"\]\(([^)#\s]+)\)|<img[^>]+src=\"([^\"]+)\"")


class Release(NamedTuple):
    """What a release made."""

    folder: Path
    archive: Path
    sha256: str
    """Of the archive."""
    files: int
    proofs: tuple[str, ...]
    """What was tried on the folder, in plain words."""


def release(root: Path, target: Path, prove: Callable[[Path], tuple[str, ...]]) -> Release:
    """Write the release of the corpus at `root` into `target`, after `prove` has tried it.

    There are then `<name>-<version>/`, `<name>-<version>.tar.gz` and its `.sha256`; the bytes
    are the same for the same corpus. Raises NewspanError, with nothing changed, where a file
    that a release needs is missing or wrong, or where `prove` raises.
    """
    name, files = _contents(root)
    folder = target / name
    files[SUMS] = _sums(files)
    with replacing(folder) as staged:
        for path, content in files.items():
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            (staged / path).write_bytes(content)
        proofs = prove(staged)
    archive = target / f"{name}.tar.gz"
    packed = _archive(name, files)
    digest = hashlib.sha256(packed).hexdigest()
    write_atomically(archive, packed)
    write_atomically(archive.with_name(f"{archive.name}.sha256"), f"{digest}  {archive.name}\n")
    return Release(folder, archive, digest, len(files), proofs)


def _contents(root: Path) -> tuple[str, dict[str, bytes]]:
    """(name with version, path in the folder to content), checked on the way."""
    missing = [Fault("is missing.", remedy, root / name) for name, remedy in _ASKED.items()
               if not (root / name).is_file()]  # fmt: skip
    if missing:
        raise NewspanError(*missing)
    index = read_json(root / "corpus" / TABLES / INDEX)
    rows = {name: about["rows"] for name, about in index["files"].items()}
    articles = sum(n for name, n in rows.items() if name.startswith("articles/"))
    card = checked_card(root / "README.md", articles)
    about = read_citation(root / "CITATION.cff", index["data_version"])
    name = slug(card.pretty_name)
    fields = responsible_fields(read_text(root / "DATASHEET.md"))
    files = {path: read_bytes(root / path) for path in _paths(root, index)}
    made = croissant(name, about, index, fields)
    files[CROISSANT] = _json(made)
    return f"{name}-{about.version}", dict(sorted(files.items()))


def _paths(root: Path, index: Mapping[str, Any]) -> set[str]:
    """What goes into the folder: tables, schemas, what is asked, and what that refers to."""
    found = {*_ASKED, *(name for name in _BESIDE if (root / name).is_file())}
    found |= {f"corpus/{TABLES}/{name}" for name in index["files"]}
    found |= {p.relative_to(root).as_posix() for p in (root / "schema").glob("*.json")}
    waiting = [name for name in found if name.endswith(".md")]
    while waiting:
        for link in _links(root, waiting.pop()):
            if link not in found:
                found.add(link)
                waiting += [link] if link.endswith(".md") else []
    return found


def _links(root: Path, page: str) -> Iterator[str]:
    """The files of the corpus that a page refers to."""
    here = (root / page).parent
    for match in _LINK.finditer(read_text(root / page)):
        target = match[1] or match[2]
        path = here / target
        if "://" in target or not is_there(path):
            continue
        # A page must not draw in what lies outside the corpus, by .. or through a link.
        resolved = path.resolve()
        if resolved.is_file() and resolved.is_relative_to(root.resolve()):
            yield resolved.relative_to(root.resolve()).as_posix()


def _sums(files: Mapping[str, bytes]) -> bytes:
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return "".join(lines).encode()


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _archive(name: str, files: Mapping[str, bytes]) -> bytes:
    """A tar.gz of the folder: no times, no owners, names in order."""
    packed = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in sorted(files):
            info = tarfile.TarInfo(f"{name}/{path}")
            info.size, info.mode = len(files[path]), 0o644
            archive.addfile(info, io.BytesIO(files[path]))
    return packed.getvalue()
