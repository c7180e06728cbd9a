"""A document as a CAS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newspan.formats.cas.types import (
    ARTICLE,
    CONTINUES,
    DEPENDENT,
    FRAGMENT,
    GOVERNOR,
    LAYER_TYPES,
    METADATA,
    RELATION_TYPES,
    UNHELD,
    article_fields,
    feature_name,
    span_fields,
    type_system,
)
from newspan.formats.cas.values import feature_value, held_text
from newspan.schema.invariants import check
from newspan.schema.model import AnySpan, Article, Document, layer_of

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

__all__ = ["cases"]


def cases(documents: Iterable[Document]) -> Iterator[tuple[str, Cas]]:
    """(a name that no other document has, the document as a CAS), of each document.

    The name is the article's id; where an article comes again, with a number behind a dot.
    Raises MissingExtra without dkpro-cassis.
    """
    types = type_system()
    taken: Counter[str] = Counter()
    for document in documents:
        name = check(document).article.id
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name}.{taken[name]}", _cas(document, types)


def _cas(document: Document, types: TypeSystem) -> Cas:
    from cassis import Cas

    article = document.article
    text, unheld = held_text(article.text or "")
    cas = Cas(types, sofa_string=text, sofa_mime="text/plain")
    _describe(cas, article, len(text), unheld)
    placed: dict[str, Any] = {}
    for span in document.spans:
        layer = layer_of(span)
        first, *others = span.fragments
        placed[span.id] = types.get_type(LAYER_TYPES[layer])(
            begin=first.start, end=first.end, **_features(layer, span)
        )
        cas.add(placed[span.id])
        for part in others:
            cas.add(types.get_type(FRAGMENT)(
                begin=part.start, end=part.end, **{CONTINUES: feature_value(span.id)}
            ))  # fmt: skip
    for arc in document.relations:
        tail = placed[arc.tail]
        cas.add(types.get_type(RELATION_TYPES[arc.type])(
            begin=tail.begin, end=tail.end, **{GOVERNOR: placed[arc.head], DEPENDENT: tail}
        ))  # fmt: skip
    return cas


def _describe(cas: Cas, article: Article, length: int, unheld: str | None) -> None:
    types = cas.typesystem
    cas.add(types.get_type(METADATA)(
        begin=0, end=length, language=article.language, documentId=article.id,
        documentTitle=feature_value(article.title or article.id),
    ))  # fmt: skip
    values = {
        feature_name("article", f.name): feature_value(getattr(article, f.name))
        for f in article_fields()
    }
    cas.add(types.get_type(ARTICLE)(begin=0, end=0, **values, **{UNHELD: unheld}))


def _features(layer: str, span: AnySpan) -> dict[str, Any]:
    return {
        feature_name(layer, f.name): feature_value(getattr(span, f.name))
        for f in span_fields(layer)
    }
