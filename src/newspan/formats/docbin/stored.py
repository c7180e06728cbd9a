"""What is kept beside the tokens and spans of a Doc, under one key of its user data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from newspan.schema.model import AnySpan, Article, Relation, region_of

__all__ = ["KEY", "Stored", "short_ids"]

KEY = "newspan"
"""Key of `doc.user_data` under which a Doc has what spaCy has no place for."""


class Stored(msgspec.Struct, kw_only=True):
    """A document whose article and spans are without their text, which the tokens have."""

    schema: str
    article: Article
    standoff: bool
    spans: list[AnySpan]
    relations: list[Relation]
    not_on_tokens: list[str]


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """Span id to the id of the spaCy span: its region, or all of it where that is not enough."""
    found = list(ids)
    regions = Counter(map(region_of, found))
    return {name: name if regions[region_of(name)] > 1 else region_of(name) for name in found}
