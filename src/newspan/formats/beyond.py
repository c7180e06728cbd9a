"""What a span says beyond its place and its label, as one JSON object.

Formats that keep what they do not know carry it unread: the id, who made the span, and under
the name of its layer the attributes. Attributes of another layer than the span's are not used,
so a span whose label was changed elsewhere is still read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import AnySpan, Article, Span, layer_of

__all__ = ["about", "article_of", "beyond", "given"]

_PLACE = frozenset({"id", "fragments", "start", "end", "text"})
_COMMON = tuple(f for f in fields_of(Span) if f.name not in _PLACE)


def beyond(span: AnySpan, without: Collection[str] = ()) -> dict[str, Any]:
    """The id, the maker, and the attributes that are not as they are by default.

    `without` names fields that the format has a place of its own for.
    """
    said: dict[str, Any] = {"id": span.id}
    for field in _COMMON:
        value = getattr(span, field.name)
        if field.name not in without and (field.required or value != field.default):
            said[field.name] = value
    layer = layer_of(span)
    own = {
        f.name: value
        for f in attributes(layer)
        if f.name not in without and (value := getattr(span, f.name)) != f.default
    }
    return said | ({layer: own} if own else {})


def given(said: Mapping[str, Any], layer: str) -> dict[str, Any]:
    """What `beyond` said, but for the id, of a span of this layer now."""
    own = said.get(layer)
    names = {f.name for f in attributes(layer)}
    attributes_ = own if isinstance(own, Mapping) else {}
    common = {f.name: said[f.name] for f in _COMMON if f.name in said}
    return common | {name: value for name, value in attributes_.items() if name in names}


def about(article: Article) -> dict[str, Any]:
    """The metadata of an article, without its text, in types of JSON."""
    return {k: v for k, v in msgspec.to_builtins(article).items() if k != "text"}


def article_of(said: Any, text: str) -> Article:
    """The article of metadata and text. Raises DocumentError where the metadata are none."""
    try:
        return msgspec.convert({**said, "text": text}, Article)
    except (TypeError, msgspec.ValidationError) as error:
        remedy = "See schema/article.schema.json, or take the metadata out."
        raise DocumentError(Fault(f"the metadata of the article: {error}.", remedy)) from error
