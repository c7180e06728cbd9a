"""What can be checked: tables, documents as JSON Lines, an export of Label Studio.

Documents are made tables in memory, as they are: what breaks a rule is for the checks to say.
Checks that such input cannot meet are named with the reason, and are skipped, not failed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyarrow as pa

from newspan.corpus.build import entity_table
from newspan.corpus.layout import INDEX, tables_folder
from newspan.corpus.sources import read_entities
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import LFS_POINTER, read_lines, refuse_irregular
from newspan.schema.model import Document
from newspan.schema.tables import Tables, article_table, tables
from newspan.validation.exports import read_export
from newspan.validation.gate import Gate, corpus_folder, inspect, unfiled
from newspan.validation.readings import Row, fault_rows, readings_table, whole_row

__all__ = ["Input", "read_input"]

LINES = (".jsonl", ".ndjson")
ENTITIES = "entities.yaml"
"""File beside documents, or in their folder, that holds the entities they name."""
BATCH = 500
"""Documents made tables at a time."""


class Input(NamedTuple):
    """What is to be checked, read."""

    kind: str
    """tables, documents or export."""
    gate: Gate
    bare: int = 0
    """Articles that came without metadata."""


def read_input(path: Path) -> Input:
    """What a path means: a checkout or folder of tables, JSON Lines in a file or a folder, or
    a Label Studio export.

    Raises NewspanError where it is none of them, DocumentError where it cannot be read at all.
    """
    if path.is_dir():
        lines = sorted(p for p in path.iterdir() if p.suffix in LINES)
        return _documents(path, lines) if lines and not _has_tables(path) else _tables(path)
    if not path.exists():
        raise NewspanError(Fault("is not there.", "Check the path.", path))
    refuse_irregular(path)
    if path.suffix in LINES:
        return _documents(path, [path])
    if path.suffix == ".json":
        export = read_export(path)
        return Input("export", _gate(path, export.found, export.readings), export.bare)
    remedy = "Name a checkout, a folder of tables, JSON Lines (.jsonl) or a Label Studio export "
    raise NewspanError(Fault("is nothing that can be checked.", f"{remedy}(.json).", path))


def _has_tables(path: Path) -> bool:
    folder = tables_folder(path)
    return (folder / INDEX).is_file() or any(folder.glob("*/*.parquet"))


def _tables(path: Path) -> Input:
    return Input("tables", inspect(corpus_folder(path)))


def _documents(path: Path, files: Sequence[Path]) -> Input:
    rows: list[Row] = []
    parts: list[Tables] = []
    batch: list[tuple[Document, bool]] = []
    known: dict[str, tuple[bytes, set[str]]] = {}
    for file in files:
        refuse_irregular(file)
        for document in _read(file, rows):
            batch.append((document, _is_further_pass(document, known)))
            if len(batch) == BATCH:
                parts.append(_batch_tables(batch))
                batch = []
    if not rows:
        raise DocumentError(Fault("holds no documents.", "Nothing was checked.", path))
    parts.append(_batch_tables(batch))
    found = Tables(*(pa.concat_tables(column) for column in zip(*parts, strict=True)))
    return Input("documents", _gate(path, found, readings_table(rows)))


def _is_further_pass(document: Document, known: dict[str, tuple[bytes, set[str]]]) -> bool:
    """Whether a document is another pass over an article that an earlier one is about.

    `known` has of each article its digest and passes. A document whose article differs, or
    whose pass was there before, is no pass but a repetition, which a check has to see.
    """
    article = document.article
    digest = sha256(msgspec.json.encode(article)).digest()
    name = document.spans[0].id.partition("/")[2].partition("/")[0] if document.spans else ""
    first, passes = known.setdefault(article.id, (digest, set()))
    further = digest == first and bool(passes) and name not in passes
    passes.add(name)
    return further


def _batch_tables(batch: Sequence[tuple[Document, bool]]) -> Tables:
    """The tables of some documents, without the articles of further passes."""
    made = tables([document for document, _ in batch])
    if not any(further for _, further in batch):
        return made
    own = article_table([document.article for document, further in batch if not further])
    return made._replace(articles=own.sort_by("id"))


def _read(file: Path, rows: list[Row]) -> Iterator[Document]:
    """The documents of a file of JSON Lines, each with its row; lines that are none have one
    that says why."""
    decoder = msgspec.json.Decoder(Document)
    for number, line in enumerate(read_lines(file), start=1):
        plain = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not plain.strip():
            continue
        if plain.startswith(LFS_POINTER):
            raise DocumentError(
                Fault("is a Git LFS pointer, not the file.", "Run `git lfs pull`.", file)
            )
        try:
            document = decoder.decode(plain)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            remedy = "Each line is one document; see schema/document.schema.json."
            rows += fault_rows([Fault(f"{said}.", remedy, line=number)], file.name)
            continue
        rows.append(whole_row(document.article.id, file.name, number))
        yield document


def _gate(path: Path, found: Tables, readings: pa.Table) -> Gate:
    file = (path if path.is_dir() else path.parent) / ENTITIES
    refuse_irregular(file)
    entities = read_entities(file) if file.is_file() else {}
    held: Mapping[str, pa.Table] = {**found._asdict(), "entities": entity_table(entities)}
    return unfiled(path, held, readings)
