"""BigBio's schema for knowledge bases, one document a line (`.bigbio.jsonl`).

Source: https://github.com/bigscience-workshop/biomedical, task_schemas.md. JSON Lines, since
that is what `datasets` writes and reads of a table with this schema, row by row.

    {"id", "document_id", "passages": [{"id", "type", "text": [...], "offsets": [[s, e]]}],
     "entities": [{"id", "type", "text": [...], "offsets": [[s, e], ...],
                   "normalized": [{"db_name", "db_id"}]}],
     "events": [], "coreferences": [{"id", "entity_ids": [...]}],
     "relations": [{"id", "type", "arg1_id", "arg2_id", "normalized": []}]}

Offsets are code points into the texts of the passages, joined by one space; here there is one
passage, of type article. The type of an entity is the layer with its type (`actor:person`), the
id that of the span, and the key of an actor or a place is normalized to the database `newspan`;
the mentions of one key are a coreference. Events, coreferences of entities without a key, and
entities of other databases are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import bare_article
from newspan.formats.drafts import Draft, Names, is_span_id
from newspan.formats.json_lines import records
from newspan.formats.labels import label_of
from newspan.schema.fields import typed
from newspan.schema.invariants import check
from newspan.schema.model import Document, Span

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset({"discontinuous", "entities", "ids", "nested", "relations"})

_DATABASE = "newspan"
_REMEDY = "A line is a document of the schema bigbio_kb."


class _Passage(msgspec.Struct):
    id: str
    type: str
    text: str | list[str]
    offsets: list[tuple[int, int]]


class _Normalized(msgspec.Struct):
    db_name: str
    db_id: str


class _Entity(msgspec.Struct):
    id: str
    type: str
    text: list[str]
    offsets: list[tuple[int, int]]
    normalized: list[_Normalized] = []


class _Coreference(msgspec.Struct):
    id: str
    entity_ids: list[str]


class _Relation(msgspec.Struct):
    id: str
    type: str
    arg1_id: str
    arg2_id: str
    normalized: list[_Normalized] = []


class _Record(msgspec.Struct):
    id: str
    document_id: str
    passages: list[_Passage]
    entities: list[_Entity] = []
    events: list[Any] = []
    coreferences: list[_Coreference] = []
    relations: list[_Relation] = []


def encode(documents: Iterable[Document]) -> Iterator[bytes]:
    """One line for each document.

    Raises DocumentError for a second document about an article: ids are those of one thing in
    a whole data set.
    """
    seen: set[str] = set()
    for document in documents:
        name = check(document).article.id
        if name in seen:
            remedy = "Choose with `newspan convert --annotator NAME`."
            raise DocumentError(Fault("has two annotations.", remedy, article_id=name))
        seen.add(name)
        yield msgspec.json.encode(_record(document)) + b"\n"


def _record(document: Document) -> _Record:
    name, text = document.article.id, str(document.article.text)
    chains: dict[str, list[str]] = {}
    for span in document.spans:
        if key := getattr(span, "entity", None):
            chains.setdefault(key, []).append(span.id)
    return _Record(
        id=name,
        document_id=name,
        passages=[_Passage(f"{name}/article", "article", [text], [(0, len(text))])],
        entities=[_entity(span, text) for span in document.spans],
        coreferences=[
            _Coreference(f"{name}#{key}", ids) for key, ids in chains.items() if len(ids) > 1
        ],
        relations=[_Relation(r.id, r.type, r.head, r.tail) for r in document.relations],
    )


def _entity(span: Span, text: str) -> _Entity:
    key = getattr(span, "entity", None)
    offsets = [(f.start, f.end) for f in span.fragments]
    return _Entity(
        id=span.id,
        type=label_of(span),
        text=[text[start:end] for start, end in offsets],
        offsets=offsets,
        normalized=[] if key is None else [_Normalized(_DATABASE, key)],
    )


def decode(
    lines: Iterable[bytes | str], left_out: Counter[str] | None = None, path: Path | None = None
) -> Iterator[Document]:
    """The document of each line; `left_out` counts what is not read, as said above.

    Raises DocumentError with all the faults of a document.
    """
    names = Names()
    counts: Counter[str] = Counter() if left_out is None else left_out
    for number, record in records(lines, _Record, _REMEDY, path):
        parts = [p.text if isinstance(p.text, str) else " ".join(p.text) for p in record.passages]
        text = " ".join(parts)
        name = names.of(record.document_id or record.id, text, path, number)
        draft = Draft(bare_article(name, text), path, number)
        _check_passages(draft, record.passages, parts)
        keyed = set()
        for entity in record.entities:
            key = _add(draft, entity, counts)
            keyed.update([entity.id] if key else [])
        for arc in record.relations:
            draft.relate(arc.id, arc.type, arc.arg1_id, arc.arg2_id)
        counts["events"] += len(record.events)
        counts["coreferences"] += sum(
            not keyed.issuperset(chain.entity_ids) for chain in record.coreferences
        )
        yield draft.document()


def _check_passages(draft: Draft, passages: list[_Passage], parts: list[str]) -> None:
    at = 0
    for passage, part in zip(passages, parts, strict=True):
        wanted = (at, at + len(part))
        ends = [place for pair in passage.offsets for place in pair]
        if ends and (min(ends), max(ends)) != wanted:
            message = f"passage {passage.id[:60]!r} has offsets other than {list(wanted)}."
            draft.fault(message, "They count code points of the passages joined by one space.")
        at = wanted[1] + 1


def _add(draft: Draft, entity: _Entity, counts: Counter[str]) -> str | None:
    """Add the span of an entity; its key, if it has one of ours."""
    found = draft.layer(entity.id, entity.type)
    if found is None:
        return None
    layer, type_ = found
    given = typed(layer, type_)
    ours = [n.db_id for n in entity.normalized if n.db_name == _DATABASE]
    counts["entities of other databases"] += len(entity.normalized) - len(ours)
    if len(ours) > 1:
        draft.fault("has two keys.", "Keep one.", entity.id)
    if ours:
        given["entity"] = ours[0]
    span_id = entity.id if is_span_id(entity.id, draft.article.id) else None
    draft.add(entity.id, layer, entity.offsets, given, span_id, entity.text)
    return ours[0] if ours else None
