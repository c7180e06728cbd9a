"""The derived rows of the small corpus, made of rows that may be broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa

from newspan.corpus.derived import derived_tables
from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import LAYERS, Article, Document, Entity, Fragment, Relation, Span
from newspan.sentences import sentences
from validation.small_documents import Row, Rows, small_rows


class _Given(NamedTuple):
    """The rows that the derived rows of one article are made of."""

    article: Row
    spans: list[Row]
    relations: list[Row]
    entities: list[Row]


def derived_rows(rows: Rows) -> dict[str, list[Row]]:
    """Table to the rows that a build would make, each in the file of its article.

    Where a value is so broken that nothing can be computed from it, the rows that the article
    has in the clean corpus stand, as a build that fails leaves the old tables.
    """
    found: dict[str, list[Row]] = {"documents": [], "quotations": [], "claims": [], "places": []}
    for given in _by_article(rows):
        for name, made in _derived(given).items():
            found[name] += [row | {"file_split": given.article["file_split"]} for row in made]
    return found


def _by_article(rows: Rows) -> list[_Given]:
    """Of two articles of one id, the first has the spans."""
    made: list[_Given] = []
    for article in rows.articles:
        first = article["id"] not in {g.article["id"] for g in made}
        own = [
            [row for row in found if first and row["article_id"] == article["id"]]
            for found in (rows.spans, rows.relations)
        ]
        made.append(_Given(article, *own, rows.entities))
    return made


@cache
def _clean() -> Mapping[str, tuple[_Given, dict[str, list[Row]]]]:
    return {given.article["id"]: (given, _make(given)) for given in _by_article(small_rows())}


def _derived(given: _Given) -> dict[str, list[Row]]:
    known, clean = _clean().get(given.article["id"], (None, {}))
    if known == given:
        return clean
    try:
        return _make(given)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, pa.ArrowException):
        return clean


def _make(given: _Given) -> dict[str, list[Row]]:
    """The rows, from records that are made unchecked, as broken as they are."""
    article, spans, relations, entities = given
    held = {e["id"]: _record(Entity, e) for e in entities}
    whole = [_span(row) for row in spans if _is_whole(row)]
    there = {span.id for span in whole}
    document = Document(
        article=_record(Article, article),
        spans=tuple(whole),
        relations=tuple(_record(Relation, r) for r in relations if {r["head"], r["tail"]} <= there),
    )
    made = {name: t.to_pylist() for name, t in derived_tables([document], held).items()}
    text = article["text"]
    places = None if text is None else [{"start": s, "end": e} for s, e in sentences(text)]
    nested = article | {"spans": spans, "relations": relations, "sentences": places}
    return {"documents": [nested], **made}


def _record(kind: Any, row: Row) -> Any:
    return kind(**{f.name: row[f.name] for f in fields_of(kind)})


def _is_whole(row: Row) -> bool:
    layer = row["layer"]
    return layer in LAYERS and (not attributes(layer) or row[layer] is not None)


def _span(row: Row) -> Any:
    common: Sequence[str] = [f.name for f in fields_of(Span)]
    values = {name: row[name] for name in common}
    values["fragments"] = tuple(Fragment(f["start"], f["end"]) for f in row["fragments"])
    return LAYERS[row["layer"]](**values, **(row.get(row["layer"]) or {}))
