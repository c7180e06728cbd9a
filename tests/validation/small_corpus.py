"""A small, clean, wholly invented corpus that has every layer and feature, to be broken."""

# ruff: noqa: E501 # a mark is one line

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from newspan.corpus.derived import derived_tables, documents_table
from newspan.corpus.layout import ENTITY_SPLIT, SPLITS
from newspan.corpus.sources import with_text
from newspan.corpus.standoff import dehydrate
from newspan.formats.marks import Annotator, decode
from newspan.formats.parquet_files import content_digest, parquet_bytes, read_table
from newspan.schema.arrow import article_schema, entity_schema, relation_schema, span_schema
from newspan.schema.fields import fields_of
from newspan.schema.model import SCHEMA_VERSION, Document, Entity
from newspan.schema.tables import tables
from newspan.text import fingerprint, paragraph_fingerprints

Row = dict[str, Any]

FLOOD = """\
PORT ALDER, Ruritania — At least twelve miners were killed and 30 wounded when the Old Mills \
shaft flooded on Monday, the Ministry of Mines said.

“We shall reach them,” Minister Ana Duval said, “before Friday.” She denied that the pumps had \
failed.

Two officials told the Alder Post that between 40 and 50 houses were destroyed, 20 km from \
Port Alder. Strelsk called the flood “a warning”.

The harbour office put the toll at 14, nine of them guards aged 40. Repairs will cost €2.5 \
million, or a quarter of the budget, and take eleven weeks. Dozens of barges and 60% of the \
quays were lost, it added."""

FLOOD_MARKS = """
l1 location `PORT ALDER` kind=city dateline entity=port-alder
l2 location `Ruritania` kind=country entity=ruritania-land
l1 located_in l2
q0 quote `At least twelve`..`on Monday` form=indirect speaker=named channel=statement
c0 cue `said`@p1
c0 cue_of q0
a1 actor `Ministry of Mines` type=government_body entity=ministry-of-mines
q0 said_by a1
n1 number `At least twelve` kind=count low=12 modifier=at_least counted_class=person property=killed figure=flood-killed scope=total
d1 counted `miners`
n1 counts d1
l3 location `Old Mills shaft` kind=facility unresolved
n1 located_in l3
n2 number `30` kind=count value=30 counted_class=person property=wounded figure=flood-wounded elliptical
n2 counts d1
q1 quote `“We shall reach them,”` + `“before Friday.”` form=direct speaker=named channel=speech
c1 cue `said`@p2
c1 cue_of q1
a2 actor `Ana Duval` type=person title=Minister entity=ana-duval
q1 said_by a2
a3 actor `She` type=person mention=pronoun entity=ana-duval
q2 quote `that the pumps had failed` form=indirect polarity=denied speaker=named
c2 cue `denied`
c2 cue_of q2
q2 said_by a3
a4 actor `Two officials` type=person mention=nominal
a5 actor `Alder Post` type=medium entity=alder-post
q3 quote `that between`..`Port Alder` form=indirect speaker=anonymous channel=interview
c3 cue `told`
c3 cue_of q3
q3 said_by a4
q3 via a5
n3 number `between 40 and 50` kind=count low=40 high=50 modifier=range counted_class=building property=destroyed figure=flood-houses
d2 counted `houses`
n3 counts d2
n12 number `20 km` kind=measure value=20 unit=km
l4 location `Port Alder` kind=city entity=port-alder
n12 located_in l4
a6 actor `Strelsk` type=state metonymy=capital_for_government entity=strelia
c4 cue `called`
q4 quote `“a warning”` form=mixed speaker=named
c4 cue_of q4
q4 said_by a6
a7 actor `harbour office` type=organization entity=harbour-office
n4 number `14` kind=count value=14 counted_class=person property=killed figure=flood-killed scope=total
n4 according_to a7
n5 number `nine` kind=count value=9 counted_class=person property=killed figure=flood-guards
n5 part_of n4
d3 counted `guards`
n5 counts d3
n6 number `40`@p4 kind=age value=40 unit=a
n7 number `€2.5 million` kind=money value=2500000 unit=EUR
n8 number `a quarter` kind=ratio value=1/4 counted_class=other
n9 number `eleven weeks` kind=duration value=11 unit=wk
q5 quote `Dozens of barges`..`were lost` form=indirect speaker=named
c5 cue `added`
c5 cue_of q5
q5 said_by a7
n10 number `Dozens` kind=count modifier=vague magnitude=12 counted_class=vessel property=destroyed figure=flood-barges
d4 counted `barges`
n10 counts d4
n11 number `60%` kind=percent value=60 unit=% counted_class=place
d5 counted `quays`
n11 counts d5
note n8 "of the yearly budget"
"""

SECOND = """\
Rescuers in Port Alder brought up nine men on Wednesday, two days after the mine had flooded. \
The ministry now counts 14 dead.

“Nobody is left below,” said a spokesman. Ana Duval declined to comment."""

SECOND_MARKS = """
l1 location `Port Alder` kind=city entity=port-alder
n1 number `nine` kind=count value=9 counted_class=person property=rescued figure=flood-rescued
d1 counted `men`
n1 counts d1
n2 number `14` kind=count value=14 counted_class=person property=killed figure=flood-killed scope=total
n3 number `two days` kind=duration value=2 unit=d
q1 quote `“Nobody is left below,”` form=direct speaker=anonymous
c1 cue `said`
c1 cue_of q1
a1 actor `spokesman` type=person mention=nominal
q1 said_by a1
a2 actor `Ana Duval` type=person entity=ana-duval
q2 quote `to comment` form=indirect polarity=declined speaker=named
c2 cue `declined`
c2 cue_of q2
q2 said_by a2
"""

STRIKE = """\
NORWICK — Dockers will stop work for more than 48 hours from Tuesday, their leader Pavel Orsk \
wrote on a forum.

“The owner told us, ‘Take it or leave it,’ and we left it,” he said. Up to 300 people may join."""

STRIKE_MARKS = """
l1 location `NORWICK` kind=city dateline entity=norwick
q1 quote `Dockers`..`from Tuesday` form=indirect speaker=named channel=social_media
n1 number `more than 48 hours` kind=duration low=48 modifier=more_than unit=h
c1 cue `wrote`
c1 cue_of q1
a1 actor `Pavel Orsk` type=person title=leader entity=pavel-orsk
q1 said_by a1
q2 quote `“The owner`..`left it,”` form=direct speaker=named
c2 cue `said`
c2 cue_of q2
a2 actor `he` type=person mention=pronoun entity=pavel-orsk
q2 said_by a2
a3 actor `owner` type=person mention=nominal
q3 quote `‘Take it or leave it,’` form=direct speaker=anonymous
c3 cue `told us`
c3 cue_of q3
q3 said_by a3
n2 number `Up to 300` kind=count high=300 modifier=at_most counted_class=person property=other figure=strike-joining factuality=possible
d1 counted `people`
n2 counts d1
"""

CRANE = """\
A crane fell on a hall in Lakemouth on Sunday; police said at least five visitors were hurt.

The hall will stay shut for about 10 days, mayor Ilse Brandt said."""

CRANE_MARKS = """
l1 location `Lakemouth` kind=city entity=lakemouth
a1 actor `police` type=government_body entity=lakemouth-police
c1 cue `said`@p1
q1 quote `at least five visitors were hurt` form=indirect speaker=collective
c1 cue_of q1
q1 said_by a1
n1 number `at least five` kind=count low=5 modifier=at_least counted_class=person property=wounded figure=crane-hurt
d1 counted `visitors`
n1 counts d1
q2 quote `The hall`..`10 days` form=indirect speaker=named
n2 number `about 10 days` kind=duration value=10 modifier=approximate unit=d
a2 actor `Ilse Brandt` type=person title=mayor entity=ilse-brandt
c2 cue `said`@p2
c2 cue_of q2
q2 said_by a2
"""

RETOLD = """\
Five or more people were injured in Lakemouth by a toppling crane, according to officers.

The building is closed for some 10 days, in the words of the mayor."""

RETOLD_MARKS = """
l1 location `Lakemouth` kind=city entity=lakemouth
q1 quote `Five`..`crane` form=indirect speaker=collective
n1 number `Five or more` kind=count low=5 modifier=at_least counted_class=person property=wounded figure=crane-hurt
d1 counted `people`
n1 counts d1
c1 cue `according to`
c1 cue_of q1
a1 actor `officers` type=government_body mention=nominal entity=lakemouth-police
q1 said_by a1
q2 quote `The building`..`10 days` form=indirect speaker=anonymous
n2 number `some 10 days` kind=duration value=10 modifier=approximate unit=d
c2 cue `in the words of`
c2 cue_of q2
a2 actor `mayor` type=person mention=nominal
q2 said_by a2
from q1 wn-9001/q1
from n1 wn-9001/n1
from q2 wn-9001/q2
from n2 wn-9001/n2
"""

ENTITIES: dict[str, Row] = {
    "alder-post": {"kind": "actor", "type": "medium", "name": "Alder Post"},
    "ana-duval": {"kind": "actor", "type": "person", "name": "Ana Duval"},
    "harbour-office": {"kind": "actor", "type": "organization", "name": "Harbour Office"},
    "ilse-brandt": {"kind": "actor", "type": "person", "wikidata": "Q900000001"},
    "lakemouth": {
        "kind": "location", "type": "city", "name": "Lakemouth", "geonames": 900000001,
        "wikidata": "Q900000002", "latitude": 51.25, "longitude": 4.5, "country_code": "XX",
        "precision": "city", "gazetteer": "tests 1",
    },
    "lakemouth-police": {"kind": "actor", "type": "government_body", "name": "Police"},
    "ministry-of-mines": {"kind": "actor", "type": "government_body", "name": "Ministry of Mines"},
    "norwick": {"kind": "location", "type": "city", "name": "Norwick"},
    "pavel-orsk": {"kind": "actor", "type": "person", "name": "Pavel Orsk"},
    "port-alder": {
        "kind": "location", "type": "city", "name": "Port Alder", "latitude": 44.5,
        "longitude": -12.25, "precision": "city", "gazetteer": "invented 1",
    },
    "ruritania-land": {"kind": "location", "type": "country", "name": "Ruritania"},
    "strelia": {"kind": "actor", "type": "state", "name": "Strelia", "place": "strelia-land"},
    "strelia-land": {"kind": "location", "type": "country", "name": "Strelia"},
}  # fmt: skip


def small_documents() -> list[Document]:
    """Two reports of one story in train, one in validation, a source and its retelling in test."""
    wikinews = {
        "carrier": {"collection": "tests", "record": "1"}, "license": "CC-BY-2.5",
        "author_kind": "human", "publisher": "Wikinews",
    }  # fmt: skip
    return [
        _document("inv-0001", FLOOD, FLOOD_MARKS, "flood", "train", "invented"),
        _document("inv-0002", SECOND, SECOND_MARKS, "flood", "train", "invented"),
        _document("inv-0003", STRIKE, STRIKE_MARKS, "strike", "validation", "invented"),
        dehydrate(_document("wn-9001", CRANE, CRANE_MARKS, "crane", "test", "wikinews", wikinews)),
        _document("ret-0001", RETOLD, RETOLD_MARKS, "crane", "test", "retold",
                  {"based_on": ["wn-9001"]}),
    ]  # fmt: skip


def _document(
    key: str, text: str, marks: str, story: str, split: str, origin: str, more: Row | None = None
) -> Document:
    meta = {
        "id": key, "title": f"Report {key}", "language": "en",
        "published": datetime(2024, 5, 6, tzinfo=UTC), "published_precision": "day",
        "author_kind": "model", "license": "CC-BY-4.0", "story": story, "split": split,
        "origin": origin,
    }  # fmt: skip
    return decode(marks, with_text(meta | (more or {}), text), Annotator("tests", "model"))


class Corpus:
    """The rows of a corpus, to be changed at will and written out.

    `file_split` of a row is the split of the file it is written to.
    """

    def __init__(self) -> None:
        found = tables(small_documents())
        self.articles: list[Row] = found.articles.to_pylist()
        self.spans: list[Row] = found.spans.to_pylist()
        self.relations: list[Row] = found.relations.to_pylist()
        names = [f.name for f in fields_of(Entity)]
        self.entities: list[Row] = [
            dict.fromkeys(names) | {"id": key} | row for key, row in ENTITIES.items()
        ]
        splits = {a["id"]: a["split"] for a in self.articles}
        for row in self.articles:
            row["file_split"] = row["split"]
        for row in (*self.spans, *self.relations):
            row["file_split"] = splits[row["article_id"]]
        self.derived: dict[str, dict[str, int]] = {}
        """Derived table and split to its number of rows; only their number matters here."""
        self.leak: str | None = None
        """A sentence that stands in every row of the derived table `places`."""
        self.count_derived()

    def _of(self, layer: str) -> list[Row]:
        return [s for s in self.spans if s["layer"] == layer]

    @staticmethod
    def _per_split(rows: list[Row]) -> dict[str, int]:
        return {split: sum(r["file_split"] == split for r in rows) for split in SPLITS}

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

    def move(self, key: str, start: int, end: int, region: str | None = None) -> Row:
        """Let a span, or a copy of it under another region, stand elsewhere, its text agreeing."""
        row = self.span(key)
        if region is not None:
            row = row | {"id": f"{row['article_id']}/adjudicated/{region}"}
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
        row = self.article(key) | {"id": new} | changes
        place = {"article_id": new, "file_split": row["file_split"]}
        self.articles.append(row)
        self.spans += [
            s | place | {"id": s["id"].replace(key, new, 1)}
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

    def count_derived(self) -> None:
        """Let the derived tables have as many rows as their canonical rows now."""
        self.derived = {
            "documents": self._per_split(self.articles),
            "quotations": self._per_split(self._of("quote")),
            "places": self._per_split(self._of("location")),
            "claims": self._per_split(self._of("number")),
        }

    def resplit(self, key: str, split: str) -> None:
        """Move an article to another split, its spans and relations with it."""
        self.article(key).update(split=split, file_split=split)
        for row in (*self.spans, *self.relations):
            if row["article_id"] == key:
                row["file_split"] = split

    def write(self, folder: Path) -> None:
        """Write the Parquet files and an index that agrees with them."""
        files = {}
        for name, rows, schema in self._tables():
            data, files[name] = _file(name, rows, schema)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        write_index(folder, files)

    def _tables(self) -> Iterator[tuple[str, list[Row], pa.Schema]]:
        held = {
            "articles": (self.articles, article_schema()),
            "spans": (self.spans, span_schema()),
            "relations": (self.relations, relation_schema()),
        }
        for split in SPLITS:
            for table, (rows, schema) in held.items():
                if own := [r for r in rows if r["file_split"] == split]:
                    yield f"{table}/{split}.parquet", own, schema
            for table, counts in self.derived.items():
                base, schema = _derived()[table][split]
                if table == "places" and self.leak is not None:
                    base = [row | {"sentence": self.leak} for row in base]
                if counts[split]:
                    own = [base[n % len(base)] for n in range(counts[split])]
                    yield f"{table}/{split}.parquet", own, schema
        yield f"entities/{ENTITY_SPLIT}.parquet", self.entities, entity_schema()


_WRITTEN: dict[str, tuple[list[Row], bytes, Row]] = {}
"""File to the rows, bytes and index entry it had first: most faults touch one file only."""


def _file(name: str, rows: list[Row], schema: pa.Schema) -> tuple[bytes, Row]:
    known = _WRITTEN.get(name)
    if known is not None and known[0] == rows:
        return known[1:]
    table = pa.Table.from_pylist(rows, schema=schema)
    data = parquet_bytes(table)
    entry = _entry(data, table)
    _WRITTEN.setdefault(name, (copy.deepcopy(rows), data, entry))
    return data, entry


@cache
def _derived() -> dict[str, dict[str, tuple[list[Row], pa.Schema]]]:
    """Derived table and split to the rows that the clean corpus has, and their schema."""
    entities = {key: Entity(id=key, **row) for key, row in ENTITIES.items()}
    made: dict[str, dict[str, tuple[list[Row], pa.Schema]]] = {}
    for split in SPLITS:
        own = [d for d in small_documents() if d.article.split == split]
        found = derived_tables(own, entities) | {"documents": documents_table(tables(own))}
        for name, table in found.items():
            made.setdefault(name, {})[split] = (table.to_pylist(), table.schema)
    return made


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
