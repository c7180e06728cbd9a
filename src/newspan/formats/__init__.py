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
    """Module and function below `formats`: path to native."""
    writer: str
    """The same: native to path, whole or not at all; "" for a format that is only read."""
    known_by: tuple[str, ...] = ()
    """Patterns of files in a folder of this format, for it is a folder; whatever its name."""
    counts_left_out: bool = False
    """Whether files of others may say what Documents cannot hold, which `decode` counts in its
    second argument."""

    @property
    def adapter(self) -> Any:
        """The adapter's module, imported now."""
        return import_module(f"newspan.formats.{self.module}")


_LINES = ("files_io.read_lines", "files_io.write_chunks")

FORMATS: dict[str, Format] = {
    "bigbio": Format("bigbio", (".bigbio.jsonl",), *_LINES, counts_left_out=True),
    "brat": Format(
        "brat", (".brat",), "brat.folder.read_brat", "brat.folder.write_brat",
        known_by=("*.ann", "annotation.conf"), counts_left_out=True,
    ),
    "cas-json": Format(
        "cas.json", (".cas.zip", ".cas.json"), "cas.files.read_cas_json", "members.write_members"
    ),
    "cas-xmi": Format(
        "cas.xmi", (".xmi.zip", ".xmi"), "cas.files.read_xmi", "members.write_members"
    ),
    "conllup": Format(
        "conllup", (".conllup", ".conllu"), "named.read_named", "conllup.file.write_conllup"
    ),
    "docbin": Format("docbin", (".spacy",), "named.read_named", "files_io.write_chunks"),
    "doccano": Format("doccano", (".doccano.jsonl",), *_LINES, counts_left_out=True),
    "gum": Format("gum", (), "gum.files.read_conllu", "", counts_left_out=True),
    "gum-tei": Format("gum.tei", (), "gum.files.read_xml", "", counts_left_out=True),
    "jsonl": Format("jsonl", (".jsonl",), *_LINES),
    "label-studio": Format(
        "label_studio", (".json",), "files_io.read_tasks", "files_io.write_tasks"
    ),
    "measeval": Format("measeval", (), "brat.folder.read_brat", "", counts_left_out=True),
    "parquet": Format("parquet", ("",), "files_io.read_folder", "files_io.write_folder"),
    "prodigy": Format("prodigy", (".prodigy.jsonl",), *_LINES, counts_left_out=True),
    "w3c": Format(
        "w3c", (".jsonld",), "w3c.file.read_annotations", "w3c.file.write_annotations"
    ),
}  # fmt: skip
"""Name of a format to the format: the one place to register."""


def format_of(path: Path) -> str:
    """The name of the format that a path looks like, by the longest ending that fits.

    A folder is what its files say, or its ending where the format is one of folders. Raises
    NewspanError.
    """
    folder = path.is_dir()
    rows = {name: row for name, row in FORMATS.items() if row.known_by or not folder}
    if folder:
        for name, row in rows.items():
            if any(next(path.glob(pattern), None) for pattern in row.known_by):
                return name
    endings = {suffix: name for name, row in rows.items() for suffix in row.suffixes if suffix}
    found = max((s for s in endings if path.name.endswith(s)), key=len, default="")
    if found and path.name != found:
        return endings[found]
    for name, row in FORMATS.items():
        if "" in row.suffixes and (folder or not path.suffix):
            return name
    raise NewspanError(
        Fault(
            f"no format has files ending in {path.suffix!r}.",
            f"Say which: {', '.join(FORMATS)}.",
            path,
        )
    )


def read(
    path: str | Path, format: str | None = None, left_out: Counter[str] | None = None
) -> Iterator[Document]:
    """The documents of a file or folder; its format is guessed from the name.

    `left_out` counts, in the words of the adapter or by its name in the file, what others wrote
    there and no Document can hold.

    Raises NewspanError for an unknown format, DocumentError for a faulty file.
    """
    place = Path(path)
    row = _row(format or format_of(place))
    native = _io(row.reader)(place)
    if left_out is not None and row.counts_left_out:
        return naming(place, _counting(row.adapter, native, left_out))
    return naming(place, row.adapter.decode(native))


def _counting(adapter: Any, native: Any, left_out: Counter[str]) -> Iterator[Document]:
    """What the adapter decodes; what it leaves out is counted in its own words, if it has any."""
    counts: Counter[str] = Counter()
    yield from adapter.decode(native, counts)
    words = getattr(adapter, "LEFT_OUT", {})
    left_out.update({words.get(term, term): n for term, n in counts.items() if n})


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
    module, _, function = name.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"newspan.formats.{module}"), function)
    return found
