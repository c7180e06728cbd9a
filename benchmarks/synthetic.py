"""Synthetic input of the size asked for: a Label Studio export, and its tables."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from newspan.text import NORMALIZATION, fingerprint, paragraph_fingerprints

_SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vald", "kar"]
_REGIONS = ["actor"] * 22 + ["location"] * 12 + ["number"] * 10 + ["quote"] * 6 + ["cue"] * 5 + [
    "counted"
] * 5  # fmt: skip
"""60 regions an article, in the proportions of the corpus."""
_ATTRIBUTES = {
    "actor": (("actor_type", "choices", "person"),),
    "location": (("location_kind", "choices", "city"),),
    "number": (("number_kind", "choices", "count"), ("number_value", "textarea", "12")),
    "quote": (("quote_form", "choices", "direct"), ("quote_speaker", "choices", "named")),
}
_ARCS = (("quote", "actor", "said_by", 6), ("cue", "quote", "cue_of", 5),
         ("number", "counted", "counts", 5), ("number", "location", "located_in", 4))  # fmt: skip


def label_studio_export(path: Path, articles: int, seed: int = 1) -> int:
    """Write a Label Studio JSON export of so many articles; return its size in bytes.

    Each has about 3,200 characters, 60 regions, 66 attributes and 20 relations; most texts
    have characters outside ASCII, some begin with one outside the basic plane.
    """
    chance = random.Random(seed)
    with path.open("wb") as file:
        joint = b"["
        for number in range(articles):
            file.write(joint + msgspec.json.encode(_task(number, chance)))
            joint = b","
        file.write(b"]")
    return path.stat().st_size


def _task(number: int, chance: random.Random) -> dict[str, Any]:
    text, words = _text(number, chance)
    name = f"bench-{number:06d}"
    record = {
        "id": name, "text_sha256": fingerprint(text), "n_chars": len(text),
        "paragraph_sha256": paragraph_fingerprints(text), "normalization": NORMALIZATION,
        "language": "en", "published": "2031-01-01T00:00:00Z", "published_precision": "day",
        "author_kind": "model", "license": "CC0-1.0", "story": f"story-{number // 4}",
        "origin": "invented", "split": "train",
    }  # fmt: skip
    data = {"article_id": name, "text": text, "title": f"Report {number}",
            "text_sha256": record["text_sha256"], "article": record}  # fmt: skip
    annotation = {"id": number + 1, "completed_by": 1, "was_cancelled": False,
                  "ground_truth": False, "result": list(_results(text, words, chance))}  # fmt: skip
    return {"id": number + 1, "annotations": [annotation], "predictions": [], "data": data}


def _text(number: int, chance: random.Random) -> tuple[str, list[tuple[int, int]]]:
    words = ["".join(chance.choices(_SYLLABLES, k=chance.choice((1, 2, 2, 3)))) for _ in range(560)]
    for at in range(7, len(words), 40):
        words[at] = words[at].capitalize() + "é"
    if number % 33 == 0:
        words[0] = "🔥" + words[0]
    places, start = [], 0
    for word in words:
        places.append((start, start + len(word)))
        start += len(word) + 1
    return " ".join(words), places


def _results(
    text: str, words: list[tuple[int, int]], chance: random.Random
) -> Iterator[dict[str, Any]]:
    by_layer: dict[str, list[str]] = {}
    step = len(words) // len(_REGIONS)
    for index, layer in enumerate(chance.sample(_REGIONS, len(_REGIONS))):
        region = f"{layer[0]}{layer[-1]}{index:02d}{chance.getrandbits(32):08x}"
        by_layer.setdefault(layer, []).append(region)
        start, end = words[index * step][0], words[index * step + chance.choice((0, 0, 1, 3))][1]
        value = {"start": start, "end": end, "text": text[start:end]}
        base = {"id": region, "to_name": "text", "origin": "manual"}
        yield {**base, "from_name": "span", "type": "labels",
               "value": {**value, "labels": [layer.capitalize()]}}  # fmt: skip
        for control, kind, answer in _ATTRIBUTES.get(layer, ()):
            key = "text" if kind == "textarea" else kind
            yield {**base, "from_name": control, "type": kind,
                   "value": {**value, key: [answer]}}  # fmt: skip
    for head, tail, label, count in _ARCS:
        for a, b in zip(by_layer[head][:count], by_layer[tail][:count], strict=True):
            yield {"type": "relation", "from_id": a, "to_id": b, "direction": "right",
                   "labels": [label]}  # fmt: skip
