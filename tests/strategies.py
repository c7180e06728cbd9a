"""Hypothesis strategies of valid Documents.

What a format cannot hold is an argument, named as in its HOLDS, so that one strategy
serves them all: `documents_for(adapter.HOLDS)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
from hypothesis import strategies as st

from newspan.formats.loss import LOSABLE, held
from newspan.schema.fields import Field, attributes
from newspan.schema.model import (
    FRAGMENT_JOINT,
    LAYERS,
    RELATIONS,
    Article,
    Carrier,
    Document,
    Fragment,
    Relation,
    layer_of,
    relation_id,
)
from newspan.text import NORMALIZATION, TextError, fingerprint, normalize, paragraph_fingerprints

LIMITS = tuple(LOSABLE)
"""What a format may be unable to hold, as HOLDS names it."""

WORDS = (
    "said", "the", "minister", "Ana", "Duval", "40", "2.5", "killed", "in", "Porto", "U.S.",
    "“We", "shall", "see,”", "’tis", "\"quoted\"", "and—so", "10,000", "a", "a", "&amp;", "<b>",
    "`tick`", "+", "\\n", "…",
    "👩‍👩‍👧‍👦", "🇫🇷", "🔥🔥", "𝒜𝓃𝒶", "👍🏽",          # astral: families, flags, skin tones
    "e\u0301te\u0301", "q\u0323\u0307", "Ame\u0301lie", "ﬁn", "Å",  # composed by NFC, or not
    "שָׁלוֹם", "مرحبا", "عدد‏", "中文", "१२",
    "no\u00a0break", "thin\u202fspace", "zero\u200bwidth", "soft\u00adhyphen",
)  # fmt: skip

_CHARS = st.characters(exclude_categories=["Cs", "Cc"])
_NOTES = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"))
_KEYS = st.sampled_from(["a", "ana-duval", "porto-velsa", "x1-2", "2020-1"])
_EXACTS = st.sampled_from(["0", "12", "-3", "2.5", "0.10", "2/3", "9007199254740993", "1" * 40])
_CODES = st.sampled_from(["EUR", "%", "km", "[ft_i]", "m/s2", "Cel"])
_STRINGS: dict[str, st.SearchStrategy[str]] = {
    "entity": _KEYS, "figure": _KEYS,
    "value": _EXACTS, "low": _EXACTS, "high": _EXACTS, "magnitude": _EXACTS,
    "unit": _CODES, "per": _CODES,
    "title": st.sampled_from(["Minister", "Rt. Hon.", "l’abbé", "“Dr”", "it's", "a=b", "部長"]),
}  # fmt: skip
"""Attributes that are text: what may stand in them. A new one has to be added here."""


def texts(*, max_paragraphs: int = 3) -> st.SearchStrategy[str]:
    """Normalised texts, the empty one too."""
    word = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(_CHARS, max_size=4))
    line = st.lists(word, max_size=12).map(" ".join)
    paragraph = st.lists(line, min_size=1, max_size=2).map("\n".join)
    raw = st.lists(paragraph, max_size=max_paragraphs).map("\n\n".join)
    return raw.map(_normalized).filter(lambda text: text is not None)


def _normalized(raw: str) -> str | None:
    try:
        return normalize(raw)
    except TextError:
        return None


def article_ids() -> st.SearchStrategy[str]:
    """Ids of articles: few, so that they sort against one another."""
    return st.sampled_from(["a", "a-b", "a1", "ab", "inv-0101", "wn-0002", "z-9"])


@st.composite
def articles(
    draw: st.DrawFn,
    *,
    id: str | None = None,
    text: str | None = None,
    article: bool = True,
    standoff: bool = True,
) -> Article:
    """An article with its text. With `article`, its metadata vary."""
    words = draw(texts()) if text is None else text
    hidden = standoff and draw(st.booleans())
    fields: dict[str, Any] = {
        "id": id or draw(article_ids()),
        "title": None if hidden else draw(st.sampled_from([None, "Sept morts à Porto", "🔥"])),
        "text": words,
        "text_sha256": fingerprint(words),
        "paragraph_sha256": paragraph_fingerprints(words),
        "n_chars": len(words),
        "normalization": NORMALIZATION,
        "language": "en",
        "published": datetime(2024, 2, 29, 23, 59, tzinfo=UTC),
        "published_precision": "minute",
        "author_kind": "human",
        "license": "CC-BY-4.0",
        "story": "story-1",
        "origin": "invented",
    }
    if article:
        fields |= draw(_metadata(hidden))
    made = Article(**fields)
    return msgspec.structs.replace(made, text=None) if hidden else made


def _metadata(hidden: bool) -> st.SearchStrategy[dict[str, Any]]:
    zone = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])
    first, last = (datetime(year, 1, 1) for year in (1990, 2090))  # noqa: DTZ001 -- as asked
    times = st.datetimes(first, last, timezones=zone)
    carrier = st.builds(
        Carrier,
        collection=st.sampled_from(["GUM", "SEL"]),
        version=st.sampled_from([None, "10.2"]),
        record=st.text(_CHARS, max_size=5),
    )
    return st.fixed_dictionaries(
        {
            "language": st.sampled_from(["en", "en-GB", "fra"]),
            "published": times,
            "published_precision": st.sampled_from(["minute", "day"]),
            "publisher": st.sampled_from([None, "The Melvera Post"]),
            "byline": st.sampled_from([(), ("Ana Duval",), ("Ana Duval", "O’Neil 🔥")]),
            "author_kind": st.sampled_from(["human", "model"]),
            "carrier": carrier if hidden else st.none(),
            "license": st.sampled_from(["CC-BY-4.0", "LicenseRef-owner"]),
            "story": _KEYS,
            "split": st.sampled_from([None, "train", "validation", "test"]),
            "origin": st.sampled_from(["wikinews", "press"] if hidden else ["invented", "retold"]),
            "based_on": st.sampled_from([(), ("wn-0001",), ("wn-0001", "press-0002")]),
            "canary": st.sampled_from([None, "newspan-canary 0000"]),
        }
    )


@st.composite
def documents(
    draw: st.DrawFn,
    *,
    id: str | None = None,
    article: bool = True,
    discontinuous: bool = True,
    nested: bool = True,
    note: bool = True,
    provenance: bool = True,
    relations: bool = True,
    score: bool = True,
    standoff: bool = True,
    overlapping: bool = True,
    layers: Sequence[str] = tuple(LAYERS),
    max_spans: int = 10,
) -> Document:
    """A valid document of one pass, its spans and relations in the order of the tables.

    Limits are some of LIMITS; besides, `overlapping` lets spans of two layers overlap.
    """
    words = draw(texts())
    about = draw(articles(id=id, text=words, article=article, standoff=standoff))
    name = draw(st.sampled_from(["adjudicated", "pass-1", "ana-example-org"]))
    status = "adjudicated" if name == "adjudicated" else draw(st.sampled_from(_STATES))
    common = {"annotator": "ana@example.org", "annotator_kind": "human", "status": status}
    taken: dict[str, list[tuple[int, int]]] = {layer: [] for layer in LAYERS}
    spans: list[Any] = []
    for number in range(draw(st.integers(0, max_spans)) if words else 0):
        layer = draw(st.sampled_from(list(layers)))
        others = [] if overlapping else [r for k, v in taken.items() if k != layer for r in v]
        parts = draw(_fragments(words, 3 if discontinuous and layer == "quote" else 1))
        if not _fits(parts, taken[layer], others, nested):
            continue
        taken[layer] += parts
        region = draw(st.sampled_from(["r", "num_", "7m3Gy-", "note"])) + str(number)
        own: dict[str, Any] = dict(common)
        if provenance:
            own |= draw(_provenance(status))
        if note:
            own["note"] = draw(st.none() | _NOTES)
        if score:
            own["score"] = draw(st.none() | st.floats(0, 1))
        slices = [words[start:end] for start, end in parts]
        spans.append(
            LAYERS[layer](
                id=f"{about.id}/{name}/{region}",
                fragments=tuple(Fragment(*part) for part in parts),
                start=parts[0][0],
                end=parts[-1][1],
                text=None if about.text is None else FRAGMENT_JOINT.join(slices),
                **own,
                **draw(_attributes(layer)),
            )
        )
    arcs = draw(_relations(spans)) if relations else ()
    ordered = sorted(spans, key=lambda s: (s.start, s.end, s.id))
    return Document(article=about, spans=tuple(ordered), relations=arcs)


_STATES = ["pass", "prediction"]


def documents_for(holds: Iterable[str], **limits: Any) -> st.SearchStrategy[Document]:
    """Documents that a format with these HOLDS can carry."""
    terms = frozenset(holds)
    made = documents(**{name: name in terms for name in _DRAWN}, **limits)
    return made.map(lambda document: held(document, terms)[0])


_DRAWN = ("discontinuous", "nested", "note", "relations", "score", "standoff")
"""Limits kept while drawing, so that what is drawn is not thrown away."""


@st.composite
def corpora(draw: st.DrawFn, holds: Iterable[str] = LIMITS, max_size: int = 3) -> list[Document]:
    """Documents of different articles, sorted by id."""
    ids = draw(st.lists(article_ids(), unique=True, max_size=max_size))
    return [draw(documents_for(holds, id=name)) for name in sorted(ids)]


def _provenance(status: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "annotator": st.sampled_from(["ana@example.org", "tagger 2", "Ève"]),
            "annotator_kind": st.sampled_from(["human", "model"]),
            "status": st.sampled_from([status, "pass"]),
            "derived_from": st.sampled_from(["src-1/adjudicated/n1", "src-2/pass-1/q_2"]),
        },
    )


@st.composite
def _fragments(draw: st.DrawFn, text: str, most: int) -> list[tuple[int, int]]:
    """Stretches of the text with no white space at their edges, in order, not touching."""
    solid = [at for at, char in enumerate(text) if not char.isspace()]
    last = st.just(len(solid) - 1)
    anywhere = st.integers(0, len(solid) - 1)
    edges = st.one_of(*[anywhere] * 9, last)
    count = draw(st.integers(1, most))
    places = sorted(draw(st.lists(edges, min_size=2 * count, max_size=2 * count)))
    found: list[tuple[int, int]] = []
    for first, final in zip(places[::2], places[1::2], strict=True):
        start, end = solid[first], solid[final] + 1
        if not found or start > found[-1][1]:
            found.append((start, end))
    return found


def _fits(
    parts: list[tuple[int, int]],
    same: list[tuple[int, int]],
    others: list[tuple[int, int]],
    nested: bool,
) -> bool:
    """Whether a span may stand beside those there are: judged pair by pair."""
    for start, end in parts:
        if any(start < e and s < end for s, e in others):
            return False
        for s, e in same:
            overlap = start < e and s < end
            inside = (s <= start and end <= e) or (start <= s and e <= end)
            if overlap and not (nested and inside):
                return False
    return True


def _attributes(layer: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = attributes(layer)
    return st.fixed_dictionaries(
        {f.name: _values(f) for f in fields if f.required},
        optional={f.name: _values(f) for f in fields if not f.required},
    )


def _values(field: Field) -> st.SearchStrategy[Any]:
    if field.values:
        return st.sampled_from(field.values)
    return st.booleans() if field.base is bool else _STRINGS[field.name]


@st.composite
def _relations(draw: st.DrawFn, spans: Sequence[Any]) -> tuple[Relation, ...]:
    possible = [
        (kind, head.id, tail.id)
        for kind, rule in RELATIONS.items()
        for head in spans
        if layer_of(head) in rule.heads
        for tail in spans
        if layer_of(tail) in rule.tails and head.id != tail.id
    ]
    if not possible:
        return ()
    chosen = draw(st.lists(st.sampled_from(possible), unique=True, max_size=6))
    made = [
        Relation(id=relation_id(head, kind, tail), type=kind, head=head, tail=tail)
        for kind, head, tail in chosen
    ]
    return tuple(sorted(made, key=lambda r: r.id))
