"""The changes between two corpora, found article by article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from newspan.annotations.diff.pairing import Pair, paired
from newspan.annotations.diff.shift import Shift
from newspan.corpus.load import Corpus
from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import AnySpan, Article, Document, Entity, Span, layer_of, relation_id
from newspan.schema.tables import Tables, documents

__all__ = ["ArticleChange", "Difference", "RelationChange", "SpanChange", "difference"]

Change = tuple[str, Any, Any]
"""A field, its old value and its new one."""

_DERIVED = ("n_chars", "paragraph_sha256", "normalization")
"""Fields of an article that follow from its text."""


class SpanChange(NamedTuple):
    """A span that came, went or changed; one of the two is None where it came or went."""

    old: AnySpan | None
    new: AnySpan | None
    moved: bool
    """Its place is another one, apart from what edits elsewhere in the text did to it."""
    fields: tuple[Change, ...]
    """Values that differ, `layer` among them."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """What happened: added, removed, moved, relabelled, attributes."""
        if self.old is None or self.new is None:
            return ("added",) if self.old is None else ("removed",)
        names = {name for name, _, _ in self.fields}
        told = {
            "moved": self.moved,
            "relabelled": "layer" in names,
            "attributes": names - {"layer"},
        }
        return tuple(kind for kind, holds in told.items() if holds)


class RelationChange(NamedTuple):
    """A relation that came or went, by the spans that it joins."""

    kind: str
    type: str
    head: AnySpan
    tail: AnySpan


class ArticleChange(NamedTuple):
    """An article that came, went or changed."""

    kind: str
    """added, removed or changed."""
    old: Document | None
    new: Document | None
    fields: tuple[Change, ...]
    spans: tuple[SpanChange, ...]
    relations: tuple[RelationChange, ...]

    @property
    def article(self) -> Article:
        """The article as it is now, or was."""
        document = self.new or self.old
        assert document is not None  # noqa: S101 -- one of the two is given
        return document.article

    @property
    def text_changed(self) -> bool:
        """Whether the words themselves are others."""
        return any(name == "text_sha256" for name, _, _ in self.fields)

    @property
    def splits(self) -> frozenset[str | None]:
        """The splits that it was and is in."""
        return frozenset(d.article.split for d in (self.old, self.new) if d is not None)


class Difference(NamedTuple):
    """Everything in which two corpora differ."""

    articles: tuple[ArticleChange, ...]
    """By id."""
    entities: tuple[tuple[str, tuple[Change, ...]], ...]
    """(key, what changed) by key; a change of `id` from or to None where it came or went."""

    def __bool__(self) -> bool:
        return bool(self.articles or self.entities)

    def span_counts(self) -> Counter[str]:
        """How many spans were added, removed, moved, relabelled or have other attributes."""
        return Counter(kind for a in self.articles for s in a.spans for kind in s.kinds)

    @property
    def step(self) -> str:
        """What the version of the data has to step by: major, minor, patch, or none.

        Major where anything about the articles or labels of the test split changed, so that
        scores before and after are not comparable; minor for all else that is annotated or
        read; patch where only metadata or entities changed.
        """
        annotated = [
            a for a in self.articles if a.kind != "changed" or a.spans or a.relations
            or a.text_changed or len(a.splits) > 1
        ]  # fmt: skip
        if any("test" in a.splits for a in annotated):
            return "major"
        return "minor" if annotated else "patch" if self else "none"


def difference(old: Corpus, new: Corpus) -> Difference:
    """What changed from one corpus to another; equal articles are passed over unread."""
    names = _touched(old, new)
    before, after = (
        {d.article.id: d for d in documents(_only(corpus, names))} for corpus in (old, new)
    )
    changes = (_article_change(before.get(name), after.get(name)) for name in sorted(names))
    found = tuple(c for c in changes if c.kind != "changed" or c.fields or c.spans or c.relations)
    return Difference(found, tuple(_entity_changes(old.entities, new.entities)))


def _touched(old: Corpus, new: Corpus) -> set[str]:
    """The ids of the articles whose rows, in any table, are not the same."""
    touched: set[str] = set()
    for table, column in (("articles", "id"), ("spans", "article_id"), ("relations", "article_id")):
        a, b = getattr(old, table), getattr(new, table)
        if a.equals(b):
            continue
        ranges = [_ranges(t[column]) for t in (a, b)]
        for name in ranges[0].keys() | ranges[1].keys():
            own = [t.slice(*r[name]) if name in r else None
                   for t, r in zip((a, b), ranges, strict=True)]  # fmt: skip
            if own[0] is None or own[1] is None or not own[0].equals(own[1]):
                touched.add(name)
    return touched


def _ranges(column: pa.ChunkedArray) -> dict[str, tuple[int, int]]:
    """(first row, number of rows) of each article, in tables sorted by article."""
    if not len(column):
        return {}
    found = pc.run_end_encode(column.combine_chunks())
    ends = found.run_ends.to_numpy()
    starts = np.concatenate([[0], ends[:-1]])
    return {
        name: (start, end - start)
        for name, start, end in zip(
            found.values.to_pylist(), starts.tolist(), ends.tolist(), strict=True
        )
    }


def _only(corpus: Corpus, names: Iterable[str]) -> Tables:
    ids = pa.array(sorted(names), pa.string())
    return Tables(
        corpus.articles.filter(pc.is_in(corpus.articles["id"], ids)),
        corpus.spans.filter(pc.is_in(corpus.spans["article_id"], ids)),
        corpus.relations.filter(pc.is_in(corpus.relations["article_id"], ids)),
    )


def _article_change(old: Document | None, new: Document | None) -> ArticleChange:
    if old is None or new is None:
        kind = "added" if old is None else "removed"
        return ArticleChange(kind, old, new, (), (), ())
    fields = tuple(
        change for change in _unlike(old.article, new.article, [f.name for f in fields_of(Article)])
        if change[0] not in _DERIVED
    )  # fmt: skip
    shift = Shift(old.article.text, new.article.text)
    pairs = list(paired(old, new, shift))
    spans = (_span_change(pair, shift) for pair in pairs)
    changed = tuple(s for s in spans if s.kinds)
    return ArticleChange(
        "changed", old, new, fields, changed, tuple(_relation_changes(old, new, pairs))
    )


def _unlike(old: object, new: object, names: Iterable[str]) -> Iterator[Change]:
    for name in names:
        values = getattr(old, name, None), getattr(new, name, None)
        if values[0] != values[1]:
            yield name, *values


_COMMON = tuple(
    f.name for f in fields_of(Span) if f.name not in ("fragments", "start", "end", "text")
)


def _span_change(pair: Pair, shift: Shift) -> SpanChange:
    old, new = pair
    if old is None or new is None:
        return SpanChange(old, new, False, ())
    layers = layer_of(old), layer_of(new)
    fields: list[Change] = [] if layers[0] == layers[1] else [("layer", *layers)]
    # Two layers have no attribute in common that would mean the same.
    own = [f.name for f in attributes(layers[0])] if layers[0] == layers[1] else []
    fields += _unlike(old, new, (*_COMMON, *own))
    moved = tuple(map(shift.fragment, old.fragments)) != new.fragments
    return SpanChange(old, new, moved, tuple(fields))


def _relation_changes(
    old: Document, new: Document, pairs: Iterable[Pair]
) -> Iterator[RelationChange]:
    """Relations are the same where they join the same spans, whatever these are called now."""
    now = {a.id: b.id for a, b in pairs if a is not None and b is not None}
    renamed = {
        relation_id(now.get(r.head, r.head), r.type, now.get(r.tail, r.tail)): r
        for r in old.relations
    }
    after = {r.id: r for r in new.relations}
    for kind, own, other, document in (
        ("removed", renamed, after, old), ("added", after, renamed, new),
    ):  # fmt: skip
        spans = {s.id: s for s in document.spans}
        for name in sorted(own.keys() - other.keys()):
            arc = own[name]
            yield RelationChange(kind, arc.type, spans[arc.head], spans[arc.tail])


def _entity_changes(old: pa.Table, new: pa.Table) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """Changes of the entity tables. A file of documents brings none, and then nothing is said."""
    if old.equals(new) or not old.num_rows or not new.num_rows:
        return
    before, after = ({row["id"]: row for row in table.to_pylist()} for table in (old, new))
    names = [f.name for f in fields_of(Entity)]
    for key in sorted(before.keys() | after.keys()):
        a: Mapping[str, Any] = before.get(key, {})
        b: Mapping[str, Any] = after.get(key, {})
        told = tuple((n, a.get(n), b.get(n)) for n in names if a.get(n) != b.get(n))
        if told:
            yield key, told
