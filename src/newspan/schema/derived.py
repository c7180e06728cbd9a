"""Rows of the tables that are derived from the canonical ones.

They are for reading, not for annotating: one row answers one question without a join.
A column that would hold words of a stand-off article is null until it is hydrated; entity
names and offsets are always there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from newspan.schema.model import (
    ActorType,
    Channel,
    CountedClass,
    Key,
    LocationKind,
    Modifier,
    NumberKind,
    Offset,
    Origin,
    Property,
    SpanId,
)

__all__ = ["DERIVED_ROWS", "Claim", "Place", "Quotation"]

Words = str | None
Attribution = Literal["quote", "according_to", "report"]


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every derived row has: its span, its article, its place in the text."""

    id: Annotated[SpanId, Meta(description="the span the row is about")]
    article_id: Annotated[str, Meta(description="its article")]
    story: Annotated[Key, Meta(description="story of the article")]
    origin: Annotated[Origin, Meta(description="where the text comes from")]
    published: Annotated[datetime, Meta(tz=True, description="when the article was published")]
    publisher: Annotated[str | None, Meta(description="who published the article")]
    start: Annotated[Offset, Meta(description="start of the span, in code points")]
    end: Annotated[Offset, Meta(description="end of the span, exclusive")]
    text: Annotated[Words, Meta(description="words of the span; null if stand-off")]
    sentence: Annotated[Words, Meta(description="its sentence; null if stand-off")]


class Quotation(_Row, frozen=True, kw_only=True):
    """A quote with its cue and its speaker."""

    form: Annotated[Literal["direct", "indirect", "mixed"], Meta(description="form of the quote")]
    polarity: Annotated[
        Literal["asserted", "denied", "declined", "hypothetical"],
        Meta(description="whether the source says it"),
    ]
    channel: Annotated[Channel | None, Meta(description="where it was said")]
    speaker: Annotated[
        Literal["named", "anonymous", "collective", "implicit"],
        Meta(description="how the report gives the speaker"),
    ]
    cue: Annotated[Words, Meta(description="words that introduce the quote")]
    cue_id: Annotated[str | None, Meta(description="span of the cue")]
    source: Annotated[Words, Meta(description="words of the first speaker's mention")]
    source_id: Annotated[str | None, Meta(description="span of the first speaker")]
    source_entity: Annotated[str | None, Meta(description="entity of the first speaker")]
    source_name: Annotated[str | None, Meta(description="canonical name of that entity")]
    source_type: Annotated[ActorType | None, Meta(description="type of the first speaker")]
    source_entities: Annotated[tuple[str, ...], Meta(description="entities of all speakers")]
    via_entities: Annotated[tuple[str, ...], Meta(description="entities it reached us through")]
    outer_source: Annotated[Words, Meta(description="speaker of the outermost quote around it")]
    outer_source_entity: Annotated[str | None, Meta(description="entity of that speaker")]
    level: Annotated[int, Meta(ge=0, description="how many quotes it is nested in")]
    position: Annotated[float, Meta(ge=0, le=1, description="where in the text it begins, 0 to 1")]


class Claim(_Row, frozen=True, kw_only=True):
    """A figure and whose word it is: every number that has a source or a figure key."""

    kind: Annotated[NumberKind, Meta(description="what is measured")]
    value: Annotated[str | None, Meta(description="the figure, exact")]
    low: Annotated[str | None, Meta(description="lower bound, exact")]
    high: Annotated[str | None, Meta(description="upper bound, exact")]
    value_float: Annotated[float | None, Meta(description="`value` as a float")]
    low_float: Annotated[
        float | None, Meta(description="least the figure can be: low, or value if exact")
    ]
    high_float: Annotated[
        float | None, Meta(description="most the figure can be: high, or value if exact")
    ]
    modifier: Annotated[Modifier, Meta(description="how the words bound it")]
    magnitude: Annotated[str | None, Meta(description="order of a vague count")]
    unit: Annotated[str | None, Meta(description="ISO 4217 or UCUM code")]
    per: Annotated[str | None, Meta(description="UCUM code of a rate")]
    counted: Annotated[Words, Meta(description="the noun that is counted")]
    counted_class: Annotated[CountedClass | None, Meta(description="what kind of thing it is")]
    property: Annotated[Property | None, Meta(description="what happened to it")]
    figure: Annotated[str | None, Meta(description="key of the question it answers")]
    scope: Annotated[
        Literal["total", "increment"] | None, Meta(description="a total, or more on top")
    ]
    factuality: Annotated[
        Literal["actual", "planned", "possible", "negated"],
        Meta(description="whether it is said to be so"),
    ]
    attribution: Annotated[
        Attribution,
        Meta(description="by a quote around it, by a relation, or the report's own word"),
    ]
    polarity: Annotated[
        Literal["asserted", "denied", "declined", "hypothetical"] | None,
        Meta(description="polarity of the innermost quote around it"),
    ]
    quote_id: Annotated[str | None, Meta(description="the innermost quote around it")]
    source: Annotated[Words, Meta(description="words of the first source's mention")]
    source_id: Annotated[str | None, Meta(description="span of the first source")]
    source_entity: Annotated[str | None, Meta(description="entity of the first source")]
    source_name: Annotated[str | None, Meta(description="canonical name of that entity")]
    source_entities: Annotated[tuple[str, ...], Meta(description="entities of all sources")]
    outer_source: Annotated[Words, Meta(description="speaker of the outermost quote around it")]
    outer_source_entity: Annotated[str | None, Meta(description="entity of that speaker")]
    place: Annotated[Words, Meta(description="words of the place where the figure holds")]
    place_entity: Annotated[str | None, Meta(description="entity of that place")]


class Place(_Row, frozen=True, kw_only=True):
    """A mention of a place with what the gazetteer knows of it."""

    kind: Annotated[LocationKind, Meta(description="what the place is")]
    usage: Annotated[
        Literal["literal", "associative"], Meta(description="the place itself, or its name only")
    ]
    dateline: Annotated[bool, Meta(description="stands in the dateline")]
    entity: Annotated[str | None, Meta(description="key of the place")]
    name: Annotated[str | None, Meta(description="canonical name")]
    geonames: Annotated[int | None, Meta(description="GeoNames id")]
    latitude: Annotated[float | None, Meta(description="degrees, WGS 84")]
    longitude: Annotated[float | None, Meta(description="degrees, WGS 84")]
    country_code: Annotated[str | None, Meta(description="ISO 3166-1")]
    precision: Annotated[str | None, Meta(description="how exact the coordinates are")]
    gazetteer: Annotated[str | None, Meta(description="gazetteer and version")]
    located_in: Annotated[str | None, Meta(description="entity of the place it lies in")]


DERIVED_ROWS: dict[str, type[_Row]] = {
    "quotations": Quotation,
    "claims": Claim,
    "places": Place,
}
"""Derived table to the record of its rows."""
