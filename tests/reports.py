"""Reports of the size of a news article, made up word by word, with regions on them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from newspan.schema.model import (
    Actor,
    Article,
    Document,
    Fragment,
    Location,
    Number,
    Quote,
    Relation,
    Status,
    relation_id,
)
from newspan.text import NORMALIZATION, fingerprint, normalize, paragraph_fingerprints

_WORDS = [
    "harbour",
    "bridge",
    "council",
    "river",
    "minister",
    "train",
    "farmers",
    "village",
    "harvest",
    "road",
    "school",
    "night",
    "rain",
    "ferry",
    "market",
    "engine",
    "valley",
    "report",
    "town",
    "crew",
    "people",
    "morning",
    "north",
    "south",
    "winter",
    "🔥",
    "café",
    "👩\u200d👩\u200d👧\u200d👦",
    "שָׁלוֹם",
    "naïve",
    "12",
    "“so”",
]


def reports(
    count: int,
    *,
    regions: int = 60,
    characters: int = 3000,
    seed: int = 1,
    status: Status = "prediction",
) -> Iterator[Document]:
    """So many documents with ids `made-00000` and on, the same for the same seed."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        yield report(f"made-{number:05d}", _text(chance, characters), regions, chance, status)


def report(
    name: str,
    text: str,
    regions: int = 3,
    chance: random.Random | None = None,
    status: Status = "prediction",
) -> Document:
    """A document over a text, with regions on words spread over it, some nested."""
    chance = chance or random.Random(name)
    words, at = [], 0
    for word in text.split(" "):
        words.append((at, at + len(word)))
        at += len(word) + 1
    spans = []
    for index in range(regions):
        first = index * len(words) // regions
        start, end = (
            words[first][0],
            words[min(first + chance.choice((0, 0, 1, 9)), len(words) - 1)][1],
        )
        spans.append(_span(name, index, start, end, text, chance, status))
    by_kind = {kind: [s for s in spans if isinstance(s, kind)] for kind in (Quote, Actor, Number,
                                                                          Location)}  # fmt: skip
    arcs = [*zip(by_kind[Quote], by_kind[Actor], strict=False)]
    arcs = [(a.id, "said_by", b.id) for a, b in arcs]
    arcs += [(a.id, "located_in", b.id)
             for a, b in zip(by_kind[Number], by_kind[Location], strict=False)]  # fmt: skip
    relations = [
        Relation(id=relation_id(*arc), head=arc[0], type=arc[1], tail=arc[2])  # type: ignore[arg-type]
        for arc in arcs
    ]
    return Document(
        article=_article(name, text),
        spans=tuple(sorted(spans, key=lambda s: (s.start, s.end, s.id))),
        relations=tuple(sorted(relations, key=lambda r: r.id)),
    )


def _text(chance: random.Random, characters: int) -> str:
    words: list[str] = []
    while sum(map(len, words)) + len(words) < characters:
        words.append(chance.choice(_WORDS))
    return normalize(" ".join(words))


def _article(name: str, text: str) -> Article:
    return Article(
        id=name, title=f"Made-up report {name}", text=text, text_sha256=fingerprint(text),
        paragraph_sha256=paragraph_fingerprints(text), n_chars=len(text),
        normalization=NORMALIZATION, language="en", published=datetime(2031, 5, 1, tzinfo=UTC),
        published_precision="day", author_kind="model", license="CC0-1.0", story="made-up",
        origin="invented",
    )  # fmt: skip


def _span(
    name: str, index: int, start: int, end: int, text: str, chance: random.Random, status: Status
) -> Any:
    common: dict[str, Any] = {
        "id": f"{name}/model-1/r{index}", "fragments": (Fragment(start, end),),
        "start": start, "end": end, "text": text[start:end], "annotator": "model-1",
        "annotator_kind": "model", "status": status, "score": round(chance.random(), 6),
        "note": f"remark {index} 🔥" if index % 7 == 0 else None,
    }  # fmt: skip
    kind = index % 4
    if kind == 0:
        return Actor(**common, type="person", entity="ana-duval", title="Minister")
    if kind == 1:
        return Location(**common, kind="city", dateline=index % 8 == 1)
    if kind == 2:
        return Number(**common, kind="count", value="9007199254740993", modifier="at_least")
    return Quote(**common, form="indirect", speaker="named", channel="statement")
