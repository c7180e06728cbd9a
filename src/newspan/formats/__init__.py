"""Adapters between Documents and other formats: independent leaves, one table of them.

To add a format, write a module with `decode(native) -> Iterator[Document]`,
`encode(documents) -> native` and `HOLDS`, add a row to FORMATS, and it is in the contract
test, in `newspan convert` and in `newspan.read` and `newspan.write`. `encode` is given
documents as the format holds them: what HOLDS lacks is refused or taken out before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from newspan.errors import DocumentError, Fault, NewspanError
from newspan.formats.loss import holding
from newspan.schema.model import Document

__all__ = ["FORMATS", "Format", "format_of", "naming", "read", "write"]


class Format(NamedTuple):
    """A format: its adapter and how its files are read and written."""

    module: str
    """Module with `decode`, `encode` and HOLDS."""
    suffixes: tuple[str, ...]
    """File names that it is taken for; "" is a folder."""
    reader: str
    """Function of `files_io`: path to native."""
    writer: str
    """Function of `files_io`: native to path, whole or not at all; "" for a format that is
    only read."""

    @property
    def adapter(self) -> Any:
        """The adapter's module, imported now."""
        return import_module(f"newspan.formats.{self.module}")


FORMATS: dict[str, Format] = {
    "cas-json": Format("cas.json", (".cas.zip", ".cas.json"), "read_cas_json", "write_members"),
    "cas-xmi": Format("cas.xmi", (".xmi.zip", ".xmi"), "read_xmi", "write_members"),
    "jsonl": Format("jsonl", (".jsonl",), "read_lines", "write_chunks"),
    "label-studio": Format("label_studio", (".json",), "read_tasks", "write_tasks"),
    "parquet": Format("parquet", ("",), "read_folder", "write_folder"),
    "w3c": Format("w3c", (".jsonld",), "read_annotations", "write_annotations"),
}
"""Name of a format to the format: the one place to register."""


def format_of(path: Path) -> str:
    """The name of the format that a path looks like. Raises NewspanError."""
    suffix = "" if path.is_dir() else path.suffix
    for ending in ("".join(path.suffixes[-2:]), suffix) if suffix else ("",):
        for name, row in FORMATS.items():
            if ending in row.suffixes:
                return name
    raise NewspanError(
        Fault(
            f"no format has files ending in {suffix!r}.", f"Say which: {', '.join(FORMATS)}.", path
        )
    )


def read(path: str | Path, format: str | None = None) -> Iterator[Document]:
    """The documents of a file or folder; its format is guessed from the name.

    Raises NewspanError for an unknown format, DocumentError for a faulty file.
    """
    place = Path(path)
    row = _row(format or format_of(place))
    return naming(place, row.adapter.decode(_io(row.reader)(place)))


def naming(path: Path, documents: Iterable[Document]) -> Iterator[Document]:
    """The documents; faults that do not say which file they are in are given its path."""
    try:
        yield from documents
    except DocumentError as error:
        faults = (f if f.path is not None else replace(f, path=path) for f in error.faults)
        raise DocumentError(*faults) from error


def write(
    documents: Iterable[Document],
    path: str | Path,
    format: str | None = None,
    allow_loss: bool = False,
    lost: Counter[str] | None = None,
) -> None:
    """Write documents to a file or folder, whole or not at all.

    Raises DocumentError, and writes nothing, where they have what the format cannot hold and
    `allow_loss` is not given; `lost` counts what was left out, in the terms of HOLDS.
    """
    place = Path(path)
    name = format or format_of(place)
    row = _row(name)
    if not row.writer:
        writable = ", ".join(n for n, r in FORMATS.items() if r.writer)
        raise NewspanError(Fault(f"{name} is only read.", f"Written are: {writable}.", place))
    adapter = row.adapter
    kept = holding(documents, adapter.HOLDS, name, allow_loss, lost)
    _io(row.writer)(adapter.encode(kept), place)


def _row(name: str) -> Format:
    if name not in FORMATS:
        raise NewspanError(Fault(f"no format {name!r}.", f"There are: {', '.join(FORMATS)}."))
    return FORMATS[name]


def _io(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(import_module("newspan.formats.files_io"), name)
    return found
