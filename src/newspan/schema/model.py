"""The data model: Article, Span and its layers, Relation, Entity, Document.

This is the one place where a field is stated. JSON Schema, Arrow schema, Hugging Face
features, labelling configuration, the value sets of the checks and the data dictionary
are derived from it (`newspan derive`). To add an attribute, add a field to a layer here.

Nothing in this module reads or writes anything.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, NamedTuple, get_args

import msgspec
from msgspec import Meta

__all__ = ["Article", "Document", "Entity", "Relation", "Span"]

SCHEMA_VERSION = "1.0"
"""Version of this model. A minor step adds; a major step needs a migration."""

ADJUDICATED = "adjudicated"
"""The pass whose annotation is the corpus; other passes are kept apart."""

FRAGMENT_JOINT = " … "
"""Stands between the fragments in the text of a discontinuous span."""

_KEY = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_EXACT = r"^-?[0-9]+(\.[0-9]+)?$|^-?[0-9]+/[1-9][0-9]*$"
_SPAN_ID = r"^[a-z0-9-]+/[a-z0-9-]+/[A-Za-z0-9_-]+$"

Key = Annotated[str, Meta(pattern=_KEY, max_length=80)]
ArticleId = Annotated[str, Meta(pattern=_KEY, max_length=64)]
SpanId = Annotated[str, Meta(pattern=_SPAN_ID, max_length=200)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Offset = Annotated[int, Meta(ge=0, le=2**31 - 1, description="Unicode code points")]
Exact = Annotated[
    str, Meta(pattern=_EXACT, max_length=40, description='exact: "12", "2.5" or "2/3"')
]

Score = Annotated[float, Meta(ge=0, le=1)]
Code = Annotated[str, Meta(pattern=r"^\S+$", max_length=40)]
Words = Annotated[str, Meta(pattern=r"^\S(.*\S)?$")]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
WikidataId = Annotated[str, Meta(pattern="^Q[1-9][0-9]*$")]
GeonamesId = Annotated[int, Meta(gt=0, le=2**31 - 1)]
CountryCode = Annotated[str, Meta(pattern="^[A-Z]{2}$")]

Layer = Literal["actor", "location", "number", "quote", "cue", "counted"]
Split = Literal["train", "validation", "test"]
SPLITS: tuple[str, ...] = get_args(Split)
Origin = Literal["invented", "retold", "wikinews", "press"]
AuthorKind = Literal["human", "model"]
Precision = Literal["minute", "day"]
Status = Literal["adjudicated", "pass", "prediction"]
ActorType = Literal[
    "person", "state", "government_body", "armed_force", "organization", "medium", "group"
]
LocationKind = Literal["country", "region", "city", "district", "facility", "natural", "other"]
NumberKind = Literal["count", "measure", "money", "percent", "duration", "age", "ratio"]
Modifier = Literal[
    "exact", "approximate", "at_least", "more_than", "at_most", "less_than", "range", "vague"
]
CountedClass = Literal[
    "person", "soldier", "child", "animal", "vehicle", "aircraft", "vessel", "missile", "drone",
    "weapon", "building", "place", "event", "vote", "item", "other",
]  # fmt: skip
Property = Literal[
    "killed", "wounded", "missing", "captured", "detained", "hospitalized", "rescued",
    "displaced", "evacuated", "launched", "intercepted", "destroyed", "struck", "deployed",
    "other",
]  # fmt: skip
Channel = Literal["speech", "interview", "statement", "social_media", "broadcast", "document"]
Metonymy = Literal["capital_for_government", "place_for_government", "building_for_institution"]
RelationType = Literal[
    "said_by", "via", "cue_of", "counts", "part_of", "located_in", "according_to"
]


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all records share: frozen, and an unknown field is an error."""


class Fragment(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One unbroken stretch of a text: half-open, in code points."""

    start: Offset
    end: Offset


class Carrier(_Record, frozen=True, kw_only=True):
    """Where the owner's text of a stand-off document is found."""

    collection: Annotated[str, Meta(description="collection that carries the text")]
    version: Annotated[str | None, Meta(description="its version, where it has one")] = None
    record: Annotated[str, Meta(description="the record's id in that collection")]


class Article(_Record, frozen=True, kw_only=True):
    """A news report: metadata, fingerprints and, unless it is stand-off, its text."""

    id: Annotated[ArticleId, Meta(description="key of the article; never words of a title")]
    title: Annotated[str | None, Meta(description="headline; null in a stand-off article")] = None
    text: Annotated[
        str | None, Meta(description="the normalised text; null in a stand-off article")
    ] = None
    text_sha256: Annotated[Sha256, Meta(description="SHA-256 of the normalised text in UTF-8")]
    paragraph_sha256: Annotated[
        tuple[Sha256, ...], Meta(description="SHA-256 of each paragraph, in order")
    ]
    n_chars: Annotated[Offset, Meta(description="length of the text in code points")]
    normalization: Annotated[str, Meta(description="version of the text normalisation")]
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="BCP 47")]
    published: Annotated[datetime, Meta(tz=True, description="time of publication, UTC")]
    published_precision: Annotated[Precision, Meta(description="how exact `published` is")]
    publisher: Annotated[str | None, Meta(description="who published the report")] = None
    byline: Annotated[tuple[str, ...], Meta(description="names of the writers")] = ()
    author_kind: Annotated[
        AuthorKind, Meta(description="who wrote the text: a human or a language model")
    ]
    carrier: Annotated[
        Carrier | None, Meta(description="where the owner's text is found; stand-off only")
    ] = None
    license: Annotated[str, Meta(description="licence of the text: SPDX id or LicenseRef")]
    story: Annotated[Key, Meta(description="key shared by the reports of one event")]
    split: Annotated[Split | None, Meta(description="split of the story")] = None
    origin: Annotated[Origin, Meta(description="where the text comes from")]
    based_on: Annotated[tuple[ArticleId, ...], Meta(description="sources of a retold article")] = ()
    canary: Annotated[
        str | None, Meta(description="marks invented text, so that it can be found in other data")
    ] = None


class Span(_Record, frozen=True, kw_only=True, tag_field="layer", tag="span"):
    """What spans of all layers have. `start` and `end` are the hull of the fragments."""

    id: Annotated[SpanId, Meta(description="article/pass/region")]
    fragments: Annotated[
        tuple[Fragment, ...],
        Meta(min_length=1, description="the unbroken stretches, in order, not touching"),
    ]
    start: Annotated[Offset, Meta(description="start of the first fragment, in code points")]
    end: Annotated[Offset, Meta(description="end of the last fragment, exclusive")]
    text: Annotated[
        str | None,
        Meta(description=f"the words; fragments joined by {FRAGMENT_JOINT!r}; null if stand-off"),
    ] = None
    annotator: Annotated[str, Meta(description="who marked the span")]
    annotator_kind: Annotated[AuthorKind, Meta(description="human or model")]
    status: Annotated[Status, Meta(description="adjudicated, a single pass, or a prediction")]
    score: Annotated[Score | None, Meta(description="confidence, if given")] = None
    note: Annotated[str | None, Meta(description="free remark of the annotator")] = None
    derived_from: Annotated[
        SpanId | None, Meta(description="the span of the source that a retold span renders")
    ] = None


class Actor(Span, frozen=True, kw_only=True, tag="actor"):
    """A name of a person, state, body, force, organisation, medium or group; or the nominal
    or pronoun that is the source of a quote or of a number."""

    type: Annotated[ActorType, Meta(description="what the actor is")]
    mention: Annotated[
        Literal["name", "nominal", "pronoun"], Meta(description="how the actor is mentioned")
    ] = "name"
    metonymy: Annotated[
        Metonymy | None, Meta(description="what stands for whom, where a place name acts")
    ] = None
    title: Annotated[Words | None, Meta(description="title before the name, as in the text")] = None
    entity: Annotated[Key | None, Meta(description="key of the actor's entity")] = None


class Location(Span, frozen=True, kw_only=True, tag="location"):
    """A name of a place, where the place is meant."""

    kind: Annotated[LocationKind, Meta(description="what the place is")]
    usage: Annotated[
        Literal["literal", "associative"],
        Meta(description="the place itself, or a possessor or premodifier of something else"),
    ] = "literal"
    dateline: Annotated[bool, Meta(description="stands in the dateline")] = False
    entity: Annotated[Key | None, Meta(description="key of the place's entity")] = None
    unresolved: Annotated[bool, Meta(description="literal, but no entry could be found")] = False


class Number(Span, frozen=True, kw_only=True, tag="number"):
    """A quantity asserted of something, with its modifier and unit word."""

    kind: Annotated[NumberKind, Meta(description="what is measured")]
    value: Annotated[Exact | None, Meta(description="the figure, where the words give one")] = None
    low: Annotated[Exact | None, Meta(description="lower bound given by the words")] = None
    high: Annotated[Exact | None, Meta(description="upper bound given by the words")] = None
    modifier: Annotated[
        Modifier,
        Meta(description="how the words bound it; more_than and less_than exclude the bound"),
    ] = "exact"
    magnitude: Annotated[
        Exact | None, Meta(description="order of a vague count: dozens 12, hundreds 100")
    ] = None
    unit: Annotated[
        Code | None, Meta(description="ISO 4217 for money, else UCUM; none for counts")
    ] = None
    per: Annotated[Code | None, Meta(description="UCUM code after “per”, of a rate")] = None
    counted_class: Annotated[
        CountedClass | None, Meta(description="what kind of thing is counted")
    ] = None
    property: Annotated[
        Property | None, Meta(description="what happened to the things counted")
    ] = None
    figure: Annotated[
        Key | None, Meta(description="key shared by the numbers that answer one question")
    ] = None
    scope: Annotated[
        Literal["total", "increment"] | None, Meta(description="a total, or more on top of one")
    ] = None
    factuality: Annotated[
        Literal["actual", "planned", "possible", "negated"],
        Meta(description="whether the thing counted is said to be so"),
    ] = "actual"
    elliptical: Annotated[bool, Meta(description="the counted noun stands elsewhere")] = False


class Quote(Span, frozen=True, kw_only=True, tag="quote"):
    """What a source says: the content, with its quotation marks if it has any."""

    form: Annotated[
        Literal["direct", "indirect", "mixed"],
        Meta(
            description="a sentence or clause all in marks; no marks; or only some words in marks"
        ),
    ]
    polarity: Annotated[
        Literal["asserted", "denied", "declined", "hypothetical"],
        Meta(description="whether the source says it, denies it, declines it or might say it"),
    ] = "asserted"
    speaker: Annotated[
        Literal["named", "anonymous", "collective", "implicit"],
        Meta(description="how the report gives the speaker"),
    ]
    channel: Annotated[Channel | None, Meta(description="where it was said")] = None


class Cue(Span, frozen=True, kw_only=True, tag="cue"):
    """The words that introduce a quote: a verb group, “according to” or a colon."""


class Counted(Span, frozen=True, kw_only=True, tag="counted"):
    """The noun, with its premodifiers, of what a number counts."""


AnySpan = Actor | Location | Number | Quote | Cue | Counted
LAYERS: dict[str, type[Span]] = {
    "actor": Actor,
    "location": Location,
    "number": Number,
    "quote": Quote,
    "cue": Cue,
    "counted": Counted,
}
"""Layer name to class, in the order used everywhere. Keys are the values of `Layer`."""


def layer_of(span: Span) -> str:
    """The layer a span is of, as its tag says."""
    return _TAGS[type(span)]


_TAGS = {cls: layer for layer, cls in LAYERS.items()}


def region_of(span_id: str) -> str:
    """The region part of a span id (article/pass/region)."""
    return span_id.rpartition("/")[2]


def relation_id(head: str, kind: str, tail: str) -> str:
    """The id of a relation: article/pass/head-region.type.tail-region."""
    return f"{head}.{kind}.{region_of(tail)}"


class Relation(_Record, frozen=True, kw_only=True):
    """A typed arc between two spans of one article. It has no attributes."""

    id: Annotated[str, Meta(max_length=300, description="article/pass/head.type.tail")]
    type: Annotated[RelationType, Meta(description="what the head is to the tail")]
    head: Annotated[SpanId, Meta(description="id of the span the arc leaves")]
    tail: Annotated[SpanId, Meta(description="id of the span the arc reaches")]


class RelationRule(NamedTuple):
    """Which layers a relation may join, and what it says in plain words."""

    heads: frozenset[str]
    tails: frozenset[str]
    meaning: str


def _rule(heads: str, tails: str, meaning: str) -> RelationRule:
    return RelationRule(frozenset(heads.split()), frozenset(tails.split()), meaning)


RELATIONS: dict[str, RelationRule] = {
    "said_by": _rule("quote", "actor", "the quote is said by the actor"),
    "via": _rule("quote", "actor", "the quote reached the report through the actor"),
    "cue_of": _rule("cue", "quote", "the cue introduces the quote"),
    "counts": _rule("number", "counted", "the number counts what the noun names"),
    "part_of": _rule("number", "number", "the first number is included in the second"),
    "located_in": _rule(
        "number location", "location", "the figure holds there; the place lies there"
    ),
    "according_to": _rule("number", "actor", "a figure outside every quote is the actor's word"),
}
"""Relation type to its rule. Keys are the values of `RelationType`."""


class Entity(_Record, frozen=True, kw_only=True):
    """Somebody or some place that mentions all over the corpus refer to."""

    id: Annotated[Key, Meta(description="the key that mentions carry")]
    kind: Annotated[Literal["actor", "location"], Meta(description="which layer refers to it")]
    type: Annotated[ActorType | LocationKind, Meta(description="type of actor or kind of place")]
    name: Annotated[str | None, Meta(description="canonical name; null for a private person")] = (
        None
    )
    place: Annotated[Key | None, Meta(description="the place entity of a state")] = None
    wikidata: Annotated[WikidataId | None, Meta(description="Wikidata id")] = None
    geonames: Annotated[GeonamesId | None, Meta(description="GeoNames id")] = None
    latitude: Annotated[Latitude | None, Meta(description="degrees, WGS 84")] = None
    longitude: Annotated[Longitude | None, Meta(description="degrees, WGS 84")] = None
    country_code: Annotated[
        CountryCode | None, Meta(description="ISO 3166-1, as the gazetteer has it")
    ] = None
    precision: Annotated[
        Literal["exact", "city", "region", "country"] | None,
        Meta(description="how exactly the coordinates stand for the place"),
    ] = None
    gazetteer: Annotated[
        str | None, Meta(description="gazetteer and its version; says if the entity is invented")
    ] = None


class Document(_Record, frozen=True, kw_only=True):
    """An article with its spans and relations: the unit of every format."""

    article: Article
    spans: tuple[AnySpan, ...] = ()
    relations: tuple[Relation, ...] = ()
