"""Building the corpus: sources and annotation in, checked tables out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa

from newspan.corpus.card import update_card
from newspan.corpus.collect import Sources, read_sources
from newspan.corpus.derived import derived_tables, documents_table
from newspan.corpus.layout import ENTITY_SPLIT, INDEX, SPLITS, TABLES
from newspan.corpus.provenance import derivation_faults
from newspan.corpus.splits import assign_splits, splits_csv
from newspan.errors import DocumentError
from newspan.files import write_atomically
from newspan.formats.parquet_files import content_digest, parquet_bytes
from newspan.schema.arrow import entity_schema
from newspan.schema.model import SCHEMA_VERSION, Document, Entity
from newspan.schema.tables import SPAN_ORDER, tables
from newspan.swap import locked, replace_folder

__all__ = ["Built", "build", "stale"]


class Built(NamedTuple):
    """What a build made, in memory."""

    files: dict[str, bytes]
    """Path below the tables folder to content, the index included."""
    listing: dict[str, Any]
    """The index."""
    new_splits: dict[str, str]
    """Stories that had no split yet."""
    unmarked: list[str]
    """Articles that have no annotation yet."""


def build(root: Path) -> Built:
    """Build the tables of the corpus at `root` and write them, all at once.

    Raises DocumentError with every fault of the sources; then nothing is written.
    """
    with locked(root / "corpus"):
        made = compile_corpus(root)
        if made.new_splits:
            path = root / "annotations" / "splits.csv"
            write_atomically(path, splits_csv(path, made.new_splits))
        replace_folder(root / "corpus" / TABLES, made.files)
        update_card(root, made.listing)
    return made


def stale(root: Path) -> list[str]:
    """What a build would change, as paths below `root`; empty if all is up to date.

    Content is compared, and bytes too if the same version of pyarrow wrote the files.
    """
    made = compile_corpus(root)
    folder = root / "corpus" / TABLES
    found = {
        str(p.relative_to(folder)) for p in folder.glob("**/*") if p.is_file()
    }  # fmt: skip
    changed = sorted(found ^ made.files.keys())
    old_index = folder / INDEX
    old = msgspec.json.decode(old_index.read_bytes()) if old_index.is_file() else {}
    same_writer = old.get("writer") == made.listing["writer"]
    for name in sorted(found & made.files.keys()):
        if same_writer or not name.endswith((".parquet", INDEX)):
            differs = (folder / name).read_bytes() != made.files[name]
        elif name == INDEX:
            differs = old.get("digest") != made.listing["digest"]
        else:
            recorded = old.get("files", {}).get(name, {}).get("content_sha256")
            differs = recorded != made.listing["files"][name]["content_sha256"]
        if differs:
            changed.append(name)
    listed = [f"corpus/{TABLES}/{name}" for name in sorted(changed)]
    if made.new_splits:
        listed.append("annotations/splits.csv")
    if update_card(root, made.listing, write=False):
        listed.append("README.md")
    return listed


def compile_corpus(root: Path) -> Built:
    """Everything a build writes, without writing it."""
    sources = read_sources(root)
    splits, new = assign_splits(sources.splits, sources.articles)
    documents = [_with_split(d, splits[d.article.story]) for d in sources.documents]
    faults = list(derivation_faults(documents))
    if faults:
        raise DocumentError(*faults)
    made = dict(_tables(documents, sources))
    files = {}
    listing = {}
    for name, (table, order) in made.items():
        content = parquet_bytes(table, order)
        files[name] = content
        listing[name] = {
            "rows": table.num_rows,
            "content_sha256": content_digest(table),
            "sha256": _sha256(content),
        }
    index = {
        "schema_version": SCHEMA_VERSION,
        "data_version": sources.version,
        "writer": f"pyarrow {pa.__version__}",
        "digest": _sha256("".join(v["content_sha256"] for v in listing.values()).encode()),
        "files": listing,
    }
    files[INDEX] = msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n"
    unmarked = [d.article.id for d in documents if not d.spans]
    return Built(files, index, new, unmarked)


def _tables(
    documents: list[Document], sources: Sources
) -> Iterator[tuple[str, tuple[pa.Table, list[str]]]]:
    """(file, (table, columns it is sorted by)) of every table and split that has rows."""
    place = [name for name, _ in SPAN_ORDER]
    for split in SPLITS:
        own = [d for d in documents if d.article.split == split]
        canonical = tables(own)
        made: dict[str, tuple[pa.Table, list[str]]] = {
            "articles": (canonical.articles, ["id"]),
            "spans": (canonical.spans, place),
            "relations": (canonical.relations, ["article_id", "id"]),
            "documents": (documents_table(canonical), ["id"]),
        }
        for name, table in derived_tables(own, sources.entities).items():
            made[name] = (table.sort_by(SPAN_ORDER), place)
        for name, (table, order) in made.items():
            if table.num_rows:
                yield f"{name}/{split}.parquet", (table, order)
    if sources.entities:
        yield f"entities/{ENTITY_SPLIT}.parquet", (entity_table(sources.entities), ["id"])


def entity_table(entities: Mapping[str, Entity]) -> pa.Table:
    """The entities table, sorted by key."""
    rows = [msgspec.structs.asdict(entities[key]) for key in sorted(entities)]
    return pa.Table.from_pylist(rows, schema=entity_schema())


def _with_split(document: Document, split: str) -> Document:
    article = msgspec.structs.replace(document.article, split=split)
    return msgspec.structs.replace(document, article=article)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
