"""The derived tables: quotations, claims, places and nested documents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from newspan.schema.arrow import arrow_field, article_schema, schema_of
from newspan.schema.derived import DERIVED_ROWS, Attribution, Claim, Place, Quotation
from newspan.schema.fields import fields_of
from newspan.schema.model import (
    Actor,
    Article,
    Cue,
    Document,
    Entity,
    Location,
    Number,
    Quote,
    Span,
)
from newspan.schema.tables import Tables
from newspan.sentences import sentences

__all__ = ["derived_schema", "derived_tables", "documents_table", "exact_float"]


def derived_schema(table: str) -> pa.Schema:
    """The Arrow schema of `quotations`, `claims` or `places`."""
    return schema_of([arrow_field(f) for f in fields_of(DERIVED_ROWS[table])])


def derived_tables(
    documents: Iterable[Document], entities: Mapping[str, Entity]
) -> dict[str, pa.Table]:
    """The tables `quotations`, `claims` and `places` of the documents."""
    rows: dict[str, list[Any]] = {name: [] for name in DERIVED_ROWS}
    for document in documents:
        view = _View(document, entities)
        rows["quotations"] += [view.quotation(s) for s in document.spans if isinstance(s, Quote)]
        numbers = [view.claim(s) for s in document.spans if isinstance(s, Number)]
        rows["claims"] += [c for c in numbers if c.attribution != "report" or c.figure]
        rows["places"] += [view.place(s) for s in document.spans if isinstance(s, Location)]
    return {
        name: pa.Table.from_pylist(
            [msgspec.structs.asdict(row) for row in found], schema=derived_schema(name)
        )
        for name, found in rows.items()
    }


def exact_float(value: str | None) -> float | None:
    """The nearest float of an exact value: a decimal or a fraction."""
    if value is None:
        return None
    return float(Fraction(value)) if "/" in value else float(Decimal(value))


_GAZETTEER = (
    "name", "geonames", "latitude", "longitude", "country_code", "precision", "gazetteer"
)  # fmt: skip
"""Fields of an entity that a place row repeats."""


class _View:
    """One document with its relations looked up once."""

    def __init__(self, document: Document, entities: Mapping[str, Entity]) -> None:
        self.article: Article = document.article
        self.entities = entities
        self._spans = {span.id: span for span in document.spans}
        self._tails: dict[tuple[str, str], list[Span]] = {}
        self._cues: dict[str, Span] = {}
        for relation in document.relations:
            head, tail = self._spans[relation.head], self._spans[relation.tail]
            self._tails.setdefault((head.id, relation.type), []).append(tail)
            if isinstance(head, Cue):
                self._cues.setdefault(tail.id, head)
        self._quotes = [s for s in document.spans if isinstance(s, Quote)]
        text = self.article.text
        self._sentences = [] if text is None else sentences(text)
        self._starts = [start for start, _ in self._sentences]

    def quotation(self, quote: Quote) -> Quotation:
        cue = self._cues.get(quote.id)
        around = self._around(quote)
        return Quotation(
            **self._common(quote),
            form=quote.form,
            polarity=quote.polarity,
            channel=quote.channel,
            speaker=quote.speaker,
            cue=cue.text if cue else None,
            cue_id=cue.id if cue else None,
            **self._source(self._tail(quote, "said_by")),
            source_type=next((a.type for a in self._tail(quote, "said_by")), None),
            via_entities=_keys(self._tail(quote, "via")),
            **self._outer(around),
            level=len(around),
            position=quote.start / max(1, self.article.n_chars),
        )

    def claim(self, number: Number) -> Claim:
        around = self._around(number)
        direct = self._tail(number, "according_to")
        speakers = self._tail(around[0], "said_by") if around else []
        attribution: Attribution = "according_to" if direct else "quote" if around else "report"
        counted = self._tail(number, "counts")
        places = self._tail(number, "located_in")
        exact = number.value if number.modifier == "exact" else None
        return Claim(
            **self._common(number),
            **{
                name: getattr(number, name)
                for name in (
                    "kind", "value", "low", "high", "modifier", "magnitude", "unit", "per",
                    "counted_class", "property", "figure", "scope", "factuality",
                )
            },
            value_float=exact_float(number.value),
            low_float=exact_float(number.low or exact),
            high_float=exact_float(number.high or exact),
            counted=counted[0].text if counted else None,
            attribution=attribution,
            polarity=around[0].polarity if around else None,
            quote_id=around[0].id if around else None,
            **self._source(direct or speakers),
            **self._outer(around),
            place=places[0].text if places else None,
            place_entity=places[0].entity if places else None,
        )  # fmt: skip

    def place(self, location: Location) -> Place:
        entity = self.entities.get(location.entity or "")
        known: dict[str, Any] = {name: getattr(entity, name, None) for name in _GAZETTEER}
        within = self._tail(location, "located_in")
        return Place(
            **self._common(location),
            kind=location.kind,
            usage=location.usage,
            dateline=location.dateline,
            entity=location.entity,
            **known,
            located_in=within[0].entity if within else None,
        )

    def _common(self, span: Span) -> dict[str, Any]:
        article = self.article
        return {
            "id": span.id,
            "article_id": article.id,
            "story": article.story,
            "origin": article.origin,
            "published": article.published,
            "publisher": article.publisher,
            "start": span.start,
            "end": span.end,
            "text": span.text,
            "sentence": self._sentence(span),
        }

    def _sentence(self, span: Span) -> str | None:
        """The sentence the span begins in, up to the end of the one it ends in."""
        if self.article.text is None:
            return None
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = max(first, bisect_right(self._starts, span.end - 1) - 1)
        return self.article.text[self._sentences[first][0] : self._sentences[last][1]]

    def _tail(self, span: Span, relation: str) -> list[Any]:
        return sorted(self._tails.get((span.id, relation), []), key=lambda s: s.start)

    def _around(self, span: Span) -> list[Quote]:
        """The quotes around a span, innermost first.

        Of two quotes of one extent, the one whose id comes first is the outer one.
        """
        place = span.fragments[0]
        found = [
            (fragment.end - fragment.start, quote)
            for quote in self._quotes
            if quote.id != span.id
            for fragment in quote.fragments
            if fragment.start <= place.start and place.end <= fragment.end
            if fragment != place or not isinstance(span, Quote) or quote.id < span.id
        ]
        found.sort(key=lambda e: e[1].id, reverse=True)
        return [quote for _, quote in sorted(found, key=lambda e: e[0])]

    def _source(self, actors: list[Actor]) -> dict[str, Any]:
        first = actors[0] if actors else None
        entity = self.entities.get(first.entity or "") if first else None
        return {
            "source": first.text if first else None,
            "source_id": first.id if first else None,
            "source_entity": first.entity if first else None,
            "source_name": entity.name if entity else None,
            "source_entities": _keys(actors),
        }

    def _outer(self, around: list[Quote]) -> dict[str, Any]:
        actors = self._tail(around[-1], "said_by") if around else []
        return {
            "outer_source": actors[0].text if actors else None,
            "outer_source_entity": actors[0].entity if actors else None,
        }


def _keys(actors: list[Actor]) -> tuple[str, ...]:
    return tuple(a.entity for a in actors if a.entity is not None)


def documents_table(found: Tables) -> pa.Table:
    """One row an article, with its spans and relations nested and its sentences' offsets.

    Spans and relations are cut by offsets, never looked at one by one.
    """
    ids = found.articles["id"].to_pylist()
    sentence_lists = [
        None if text is None else [{"start": s, "end": e} for s, e in sentences(text)]
        for text in found.articles["text"].to_pylist()
    ]
    place = pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32())])
    columns = [found.articles[name] for name in found.articles.schema.names]
    fields = list(article_schema())
    for name, table in (("spans", found.spans), ("relations", found.relations)):
        nested = _nest(table, ids)
        columns.append(pa.chunked_array([nested]))
        fields.append(pa.field(name, nested.type, metadata={"description": f"its {name}"}))
    columns.append(pa.chunked_array([pa.array(sentence_lists, pa.list_(place))]))
    fields.append(
        pa.field("sentences", pa.list_(place), metadata={"description": "offsets of sentences"})
    )
    return pa.Table.from_arrays(columns, schema=schema_of(fields))


def _nest(table: pa.Table, ids: list[str]) -> pa.Array:
    table = table.filter(pc.is_in(table["article_id"], pa.array(ids, pa.string())))
    owners = np.asarray(table["article_id"].to_pylist(), dtype=object)
    offsets = np.searchsorted(owners, np.asarray(ids, dtype=object), side="left")
    bounds = np.append(offsets, len(owners)).astype(np.int32)
    keep = [f for f in table.schema if f.name != "article_id"]
    flat = table.select([f.name for f in keep]).combine_chunks()
    arrays = [
        flat[f.name].chunk(0) if flat[f.name].num_chunks else pa.array([], f.type) for f in keep
    ]
    return pa.ListArray.from_arrays(
        pa.array(bounds), pa.StructArray.from_arrays(arrays, fields=keep)
    )
