"""doccano's JSON Lines for sequence labelling with relations (`.doccano.jsonl`).

Source: doccano's own import and export, https://github.com/doccano/doccano/pull/1703 and 1823.

    {"id": 1, "article_id": "inv-0101", "text": "...",
     "entities": [{"id": 1, "label": "actor:person", "start_offset": 0, "end_offset": 9}],
     "relations": [{"id": 1, "from_id": 2, "to_id": 1, "type": "said_by"}]}

Labels are a layer with its type; doccano has no attributes. It keeps `article_id`, like every
key that it does not know, as metadata and exports it again. The older form without relations,
`"label": [[0, 9, "actor:person"]]` (or `labels`, and `data` for the text), is read as well.
Its projects have to allow overlapping spans and use relation labelling.

Offsets are UTF-16 code units, as doccano's page counts them
(https://github.com/doccano/doccano/issues/2290); in a project that counts grapheme clusters
they are neither, and what an export of it holds after an emoji is not to be trusted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from newspan.formats.bare import bare_article
from newspan.formats.drafts import Draft, Names
from newspan.formats.json_lines import records
from newspan.formats.labels import label_of
from newspan.schema.fields import main_attribute
from newspan.schema.invariants import check
from newspan.schema.model import Document
from newspan.text import OffsetMap

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset({"nested", "relations"})

_REMEDY = "A line is an example of sequence labelling, with `text` and `entities` or `label`."
_Old = tuple[int, int, str]


class _Entity(msgspec.Struct, kw_only=True):
    id: int | None = None
    label: str
    start_offset: int
    end_offset: int


class _Relation(msgspec.Struct, kw_only=True):
    id: int | None = None
    from_id: int
    to_id: int
    type: str


class _Record(msgspec.Struct, kw_only=True, omit_defaults=True):
    id: int | str | None = None
    article_id: str | None = None
    text: str | None = None
    data: str | None = None
    entities: list[_Entity | _Old] | None = None
    label: list[_Entity | _Old] | None = None
    labels: list[_Entity | _Old] | None = None
    relations: list[_Relation] | None = None
    comments: list[Any] | None = msgspec.field(name="Comments", default=None)


def encode(documents: Iterable[Document]) -> Iterator[bytes]:
    """One line for each document; ids count through the whole file."""
    spans, arcs = count(1), count(1)
    for number, document in enumerate(documents, start=1):
        text = str(check(document).article.text)
        units = OffsetMap(text, "utf-16")
        ids = {}
        entities: list[_Entity | _Old] = []
        # The order that ids made by layer have: outer before inner, number by number.
        for span in sorted(
            document.spans, key=lambda s: (s.start, -s.end, len(s.id), s.id)
        ):  # fmt: skip
            start, end = units.to_units([span.start, span.end]).tolist()
            ids[span.id] = key = next(spans)
            label = label_of(span)
            entities.append(_Entity(id=key, label=label, start_offset=start, end_offset=end))
        relations = [
            _Relation(id=next(arcs), from_id=ids[r.head], to_id=ids[r.tail], type=r.type)
            for r in document.relations
        ]
        record = _Record(
            id=number, article_id=document.article.id, text=text, entities=entities,
            relations=relations,
        )  # fmt: skip
        yield msgspec.json.encode(record) + b"\n"


def decode(
    lines: Iterable[bytes | str], left_out: Counter[str] | None = None, path: Path | None = None
) -> Iterator[Document]:
    """The document of each line. `left_out` counts comments, which are not read.

    An article without `article_id` is named after its `id`, and without one after its line.
    Raises DocumentError with all the faults of a document.
    """
    names = Names()
    counts: Counter[str] = Counter() if left_out is None else left_out
    for number, record in records(lines, _Record, _REMEDY, path):
        text = record.text if record.text is not None else record.data or ""
        own = record.article_id or (f"line {number}" if record.id is None else str(record.id))
        name = names.of(own, text, path, number)
        draft = Draft(bare_article(name, text), path, number)
        if record.text is None and record.data is None:
            draft.fault("has no text.", _REMEDY)
        _spans(draft, record.entities or record.label or record.labels or [], text)
        for place, arc in enumerate(record.relations or [], start=1):
            draft.relate(f"relation {place}", arc.type, str(arc.from_id), str(arc.to_id))
        counts["comments"] += len(record.comments or [])
        yield draft.document()


def _spans(draft: Draft, entities: Sequence[_Entity | _Old], text: str) -> None:
    units = OffsetMap(text, "utf-16")
    for place, entity in enumerate(entities, start=1):
        if isinstance(entity, tuple):
            entity = _Entity(start_offset=entity[0], end_offset=entity[1], label=entity[2])
        key = f"entity {place}" if entity.id is None else str(entity.id)
        found = draft.layer(key, entity.label)
        if found is None:
            continue
        ends = [entity.start_offset, entity.end_offset]
        try:
            start, end = units.to_points(ends).tolist()
        except (ValueError, OverflowError):
            message = f"its offsets {str(ends)[:60]} are outside the text or inside a character."
            draft.refuse(message, "They are UTF-16 code units: label the span again.", key)
            continue
        own = main_attribute(found[0])
        given = {} if own is None or found[1] is None else {own.name: found[1]}
        draft.add(key, found[0], [(start, end)], given)
