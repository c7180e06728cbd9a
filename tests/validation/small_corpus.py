"""A small, clean, wholly invented corpus that has every layer and feature, to be broken."""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from newspan.corpus.derived import derived_schema, documents_table
from newspan.corpus.layout import DERIVED, ENTITY_SPLIT, SPLITS
from newspan.formats.parquet_files import content_digest, parquet_bytes, read_table
from newspan.schema.arrow import article_schema, entity_schema, relation_schema, span_schema
from newspan.schema.model import SCHEMA_VERSION
from newspan.schema.tables import tables
from newspan.text import fingerprint, paragraph_fingerprints
from validation.small_derived import derived_rows
from validation.small_documents import Row, Rows, small_rows


class Corpus:
    """The rows of a corpus, to be changed at will and written out.

    `file_split` of a row is the split of the file it is written to.
    """

    def __init__(self) -> None:
        self.articles, self.spans, self.relations, self.entities = _fresh_rows()
        self._derived: dict[str, list[Row]] | None = None

    def derive(self) -> None:
        """Make the derived tables now: what changes after that leaves them stale."""
        rows = Rows(self.articles, self.spans, self.relations, self.entities)
        self._derived = pickle.loads(pickle.dumps(derived_rows(rows)))  # our own

    @property
    def derived(self) -> dict[str, list[Row]]:
        """Derived table to its rows; if nothing asks earlier, made when the corpus is written."""
        if self._derived is None:
            self.derive()
        assert self._derived is not None
        return self._derived

    def article(self, key: str) -> Row:
        return next(a for a in self.articles if a["id"] == key)

    def span(self, key: str) -> Row:
        """A span by article/region."""
        article, _, region = key.partition("/")
        return next(s for s in self.spans if s["id"] == f"{article}/adjudicated/{region}")

    def relation(self, key: str) -> Row:
        """A relation by article/region.type.region."""
        article, _, rest = key.partition("/")
        return next(r for r in self.relations if r["id"] == f"{article}/adjudicated/{rest}")

    def entity(self, key: str) -> Row:
        return next(e for e in self.entities if e["id"] == key)

    def derived_row(self, table: str, key: str) -> Row:
        """A row of a derived table by article/region, of documents by article."""
        article, _, region = key.partition("/")
        wanted = f"{article}/adjudicated/{region}" if region else article
        return next(row for row in self.derived[table] if row["id"] == wanted)

    def move(self, key: str, start: int, end: int, region: str | None = None) -> Row:
        """Let a span, or a copy of it under another region, stand elsewhere, its text agreeing."""
        row = self.span(key)
        if region is not None:
            row = copy.deepcopy(row) | {"id": f"{row['article_id']}/adjudicated/{region}"}
            self.spans.append(row)
        text = self.article(row["article_id"])["text"]
        row |= {"start": start, "end": end, "fragments": [{"start": start, "end": end}],
                "text": text[start:end]}  # fmt: skip
        return row

    def relate(self, article: str, head: str, kind: str, tail: str) -> Row:
        """A new relation between two regions of an article."""
        start = f"{article}/adjudicated/"
        row = {
            "id": f"{start}{head}.{kind}.{tail}", "article_id": article, "type": kind,
            "head": start + head, "tail": start + tail,
            "file_split": self.article(article)["file_split"],
        }  # fmt: skip
        self.relations.append(row)
        return row

    def drop(self, *keys: str) -> None:
        """Leave out spans (article/region) and every relation they are an end of."""
        gone = {self.span(key)["id"] for key in keys}
        self.spans = [s for s in self.spans if s["id"] not in gone]
        self.relations = [r for r in self.relations if not {r["head"], r["tail"]} & gone]

    def copy_article(self, key: str, new: str, **changes: Any) -> Row:
        """An article once more under another id, its spans and relations with it."""
        row = copy.deepcopy(self.article(key)) | {"id": new} | changes
        place = {"article_id": new, "file_split": row["file_split"]}
        self.articles.append(row)
        self.spans += [
            copy.deepcopy(s) | place | {"id": s["id"].replace(key, new, 1)}
            for s in self.spans if s["article_id"] == key
        ]  # fmt: skip
        self.relations += [
            r | place | {name: r[name].replace(key, new, 1) for name in ("id", "head", "tail")}
            for r in self.relations if r["article_id"] == key
        ]  # fmt: skip
        return row

    def rewrite(self, key: str, text: str) -> None:
        """Another text, its length and fingerprints agreeing; the spans stay where they are."""
        self.article(key).update(
            text=text, text_sha256=fingerprint(text), n_chars=len(text),
            paragraph_sha256=list(paragraph_fingerprints(text)),
        )  # fmt: skip

    def shift(self, key: str, moved: Callable[[int], int]) -> None:
        """Other offsets for all spans of an article; the words they are said to cover stay."""
        for span in self.spans:
            if span["article_id"] == key:
                for place in (span, *span["fragments"]):
                    place.update(start=moved(place["start"]), end=moved(place["end"]))

    def reword(self, key: str, old: str, new: str) -> None:
        """Other words in a text, as if the article had been written and marked so."""
        text = self.article(key)["text"]
        at = text.index(old)
        self.rewrite(key, text.replace(old, new, 1))
        pairs = zip(reversed(old), reversed(new), strict=False)
        same_end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        ahead, behind = at + len(old) - same_end, len(new) - len(old)
        self.shift(key, lambda n: n + behind if n >= ahead else n)
        self.reread(key)

    def reread(self, key: str) -> None:
        """Let the spans of an article have the words that stand at their offsets."""
        text = self.article(key)["text"]
        for span in self.spans:
            if span["article_id"] == key:
                words = [text[f["start"] : f["end"]] for f in span["fragments"]]
                span["text"] = " … ".join(words)

    def resplit(self, key: str, split: str) -> None:
        """Move an article to another split, its spans and relations with it."""
        self.article(key).update(split=split, file_split=split)
        for row in (*self.spans, *self.relations):
            if row["article_id"] == key:
                row["file_split"] = split

    def write(self, folder: Path) -> None:
        """Write the Parquet files and an index that agrees with them."""
        files = {}
        for name, rows, schema in self.files():
            data, files[name] = _file(name, rows, schema)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        write_index(folder, files)

    def files(self) -> Iterator[tuple[str, list[Row], pa.Schema]]:
        """Every file that has rows, with its rows and schema."""
        held: Mapping[str, list[Row]] = {
            "articles": self.articles, "spans": self.spans, "relations": self.relations,
            **self.derived,
        }  # fmt: skip
        for table, rows in held.items():
            for split in SPLITS:
                if own := [r for r in rows if r["file_split"] == split]:
                    yield f"{table}/{split}.parquet", own, _schema(table)
        if self.entities:
            yield f"entities/{ENTITY_SPLIT}.parquet", self.entities, entity_schema()


def _fresh_rows() -> Rows:
    """The rows of the clean corpus, to be changed."""
    return pickle.loads(_pickled())  # our own


@cache
def _pickled() -> bytes:
    return pickle.dumps(small_rows())


@cache
def _schema(table: str) -> pa.Schema:
    if table == "documents":
        return documents_table(tables([])).schema
    if table in DERIVED:
        return derived_schema(table)
    canonical = {"articles": article_schema, "spans": span_schema, "relations": relation_schema}
    return canonical[table]()


@cache
def _clean_files() -> dict[str, tuple[list[Row], bytes, Row]]:
    """File to its rows, bytes and index entry in the clean corpus."""
    return {name: (rows, *_encoded(rows, schema)) for name, rows, schema in Corpus().files()}


def _file(name: str, rows: list[Row], schema: pa.Schema) -> tuple[bytes, Row]:
    """The bytes and index entry of a file; most faults touch one file only."""
    clean, *known = _clean_files().get(name, (None,))
    return (known[0], known[1]) if clean == rows else _encoded(rows, schema)


def _encoded(rows: list[Row], schema: pa.Schema) -> tuple[bytes, Row]:
    table = pa.Table.from_pylist(rows, schema=schema)
    data = parquet_bytes(table)
    return data, _entry(data, table)


def edit_file(folder: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Write a file of a folder anew; its index still lists the old one."""
    path = folder / name
    pq.write_table(change(pq.read_table(path, partitioning=None)), path)


def reindex(folder: Path) -> None:
    """Write an index that agrees with the Parquet files of a folder."""
    files = {
        path.relative_to(folder).as_posix(): _entry(path.read_bytes(), read_table(path))
        for path in sorted(folder.glob("*/*.parquet"))
    }
    write_index(folder, files)


def _entry(data: bytes, table: pa.Table) -> Row:
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "content_sha256": content_digest(table), "rows": table.num_rows,
    }  # fmt: skip


def write_index(folder: Path, files: Row, schema_version: str = SCHEMA_VERSION) -> None:
    index = {"schema_version": schema_version, "data_version": "0", "files": files}
    (folder / "index.json").write_text(json.dumps(index, indent=1), encoding="utf-8")


def read_index(folder: Path) -> Row:
    """The files that the index lists."""
    found: Row = json.loads((folder / "index.json").read_text(encoding="utf-8"))["files"]
    return found
