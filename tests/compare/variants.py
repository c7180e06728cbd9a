"""Two annotations of one article: documents made for comparing, and the figures laid flat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from newspan.annotations.compare.comparison import Asked, Comparison, compare
from newspan.annotations.compare.figures import Resampling
from newspan.annotations.compare.passes import Pass
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS, Article, Document, Fragment, Relation, Span, layer_of
from newspan.schema.tables import tables
from newspan.text import NORMALIZATION, fingerprint
from strategies import documents

REQUIRED: dict[str, dict[str, Any]] = {
    "actor": {"type": "person"},
    "location": {"kind": "city"},
    "number": {"kind": "count"},
    "quote": {"form": "direct", "speaker": "named"},
    "cue": {},
    "counted": {},
}
FAST = Asked(resampling=Resampling(0))


def article(name: str = "a1", length: int = 200, **given: Any) -> Article:
    text = "x" * length
    fields: dict[str, Any] = {
        "id": name, "text": text, "text_sha256": fingerprint(text),
        "paragraph_sha256": (fingerprint(text),), "n_chars": length,
        "normalization": NORMALIZATION, "language": "en", "published": "2031-05-02T00:00:00Z",
        "published_precision": "day", "author_kind": "human", "license": "CC-BY-4.0",
        "story": "story-1", "origin": "invented", **given,
    }  # fmt: skip
    return msgspec.convert(fields, Article)


def span(region: str, layer: str, *places: tuple[int, int], **own: Any) -> Span:
    """A span of article a1; its id is changed by `document`."""
    fragments = tuple(Fragment(*place) for place in places)
    fields = {"annotator": "ana", "annotator_kind": "human", "status": "pass", **REQUIRED[layer]}
    return LAYERS[layer](
        id=f"a1/pass/{region}", fragments=fragments, start=places[0][0], end=places[-1][1],
        **{**fields, **own},
    )  # fmt: skip


def document(
    spans: Iterable[Span], arcs: Iterable[tuple[str, str, str]] = (), *, name: str = "a1",
    **about: Any,
) -> Document:  # fmt: skip
    """A document; an arc is (region, type, region)."""
    own = [msgspec.structs.replace(s, id=f"{name}/pass/{s.id.split('/')[2]}") for s in spans]
    relations = tuple(
        Relation(
            id=f"{name}/pass/{head}.{kind}.{tail}", type=kind,
            head=f"{name}/pass/{head}", tail=f"{name}/pass/{tail}",
        )
        for head, kind, tail in arcs
    )  # fmt: skip
    return Document(article=article(name, **about), spans=tuple(own), relations=relations)


def passed(found: Sequence[Document], name: str = "ana", kind: str = "human") -> Pass:
    return Pass(
        Path(name), (name,), ("pass",), frozenset([kind]), frozenset(["pass"]), tables(found)
    )


def compared(a: Sequence[Document], b: Sequence[Document], asked: Asked = FAST) -> Comparison:
    return compare(passed(a, "ana"), passed(b, "ben"), asked)


def figures(found: Comparison) -> dict[tuple[str, ...], float | None]:
    """Every figure by (origin, section, key, name)."""
    return {
        (block.origin, section, *row.key, name): estimate.value
        for block in found.blocks
        for section in ("spans", "characters", "gamma", "attributes", "relations", "referents")
        for row in getattr(block, section)
        for name, estimate in row.figures.items()
    }


@st.composite
def annotated_twice(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document, and a second annotation that resembles it."""
    first = draw(documents(id="a1", standoff=False, max_spans=12))
    length = first.article.n_chars
    made: list[Span] = []
    for own in first.spans:
        change = draw(st.sampled_from(["none", "none", "lost", "extent", "labels", "twice"]))
        if change == "lost":
            continue
        if change == "extent":
            start = max(0, own.start + draw(st.integers(-3, 3)))
            end = min(length, own.end + draw(st.integers(-3, 3)))
            if start < end:
                own = msgspec.structs.replace(
                    own, fragments=(Fragment(start, end),), start=start, end=end, text=None
                )
        if change == "labels":
            own = msgspec.structs.replace(own, **draw(_labels(layer_of(own))))
        made.append(own)
        if change == "twice":
            made.append(msgspec.structs.replace(own, id=f"{own.id}b"))
    ids = {s.id for s in made}
    arcs = [r for r in first.relations if r.head in ids and r.tail in ids and draw(st.booleans())]
    return first, Document(article=first.article, spans=tuple(made), relations=tuple(arcs))


def _labels(layer: str) -> st.SearchStrategy[dict[str, Any]]:
    closed = {f.name: st.sampled_from(f.values) for f in attributes(layer) if f.values}
    return st.fixed_dictionaries({}, optional=closed)
