"""Changes in words: what a span, a value and a count are called in every form of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from newspan.annotations.diff.changes import ArticleChange, Difference, SpanChange
from newspan.errors import printable
from newspan.schema.model import AnySpan, Document, layer_of, region_of

__all__ = ["KINDS", "context", "field_change", "span_line", "span_name", "summary"]

KINDS = ("added", "removed", "moved", "relabelled", "attributes")
_SIGNS = {"added": "+", "removed": "-"}
_AROUND = 30
_LONGEST = 80


def span_name(span: AnySpan) -> str:
    """Region, layer and words."""
    return f"{region_of(span.id)} {layer_of(span)} {_words(span)}"


def _words(span: AnySpan) -> str:
    """The words, or the place where the words are not here."""
    return f"[{span.start}, {span.end})" if span.text is None else f"“{_flat(span.text)}”"


def span_line(change: SpanChange) -> str:
    """What happened to a span, in one line without its context."""
    span = change.new or change.old
    assert span is not None  # noqa: S101 -- one of the two is given
    told = [f"{_SIGNS.get(change.kinds[0], '~')} {span_name(span)}"]
    if change.moved and change.old is not None:
        told.append(f"was {_words(change.old)}")
    return "; ".join([*told, *(field_change(*field) for field in change.fields)])


def field_change(name: str, old: Any, new: Any) -> str:
    """A field with what it was and what it is."""
    return f"{name} {_value(old)} → {_value(new)}"


def _value(value: Any) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return _flat(str(value))


def _flat(words: str) -> str:
    flat = printable(" ".join(words.split()))
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST // 2]}…{flat[-_LONGEST // 2 :]}"


def context(document: Document | None, span: AnySpan) -> str | None:
    """The span in the words around it, in brackets; None where the text is not here."""
    text = None if document is None else document.article.text
    if text is None:
        return None
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end :][:_AROUND]
    parts = (before, text[span.start : span.end], after)
    flat = [printable(part.replace("\n", " ")) for part in parts]
    return f"…{flat[0]}⟦{_flat(flat[1])}⟧{flat[2]}…"


def summary(found: Difference) -> Iterator[str]:
    """The counts, a line a table; nothing of what has not changed."""
    articles = Counter(a.kind for a in found.articles)
    texts = sum(a.text_changed for a in found.articles)
    if articles:
        origins = Counter(a.article.origin for a in found.articles if a.kind == "added")
        whose = f" ({', '.join(f'{n:,} {o}' for o, n in sorted(origins.items()))})"
        parts = [
            f"{articles[kind]:,} {kind}{whose if kind == 'added' else ''}"
            for kind in ("added", "removed", "changed")
            if articles[kind]
        ]
        parts += [f"{texts:,} with another text"] if texts else []
        yield f"Articles: {', '.join(parts)}."
    if spans := _all_spans(found):
        parts = [f"{spans[k]:,} {_PLAIN.get(k, k)}" for k in KINDS if spans[k]]
        fields = Counter(
            name for a in found.articles for s in a.spans for name, _, _ in s.fields
        )  # fmt: skip
        which = ", ".join(f"{name} {n:,}" for name, n in fields.most_common())
        yield f"Spans: {', '.join(parts)}{f' ({which})' if which else ''}."
    if arcs := _all_relations(found):
        yield f"Relations: {', '.join(f'{n:,} {kind}' for kind, n in sorted(arcs.items()))}."
    if found.entities:
        kinds = Counter(_entity_kind(changes) for _, changes in found.entities)
        yield f"Entities: {', '.join(f'{kinds[k]:,} {k}' for k in sorted(kinds))}."


_PLAIN = {"attributes": "with other attributes"}


def _all_spans(found: Difference) -> Counter[str]:
    """Changes of spans, those of whole articles that came or went among them."""
    counts = found.span_counts()
    for change in found.articles:
        counts[change.kind] += _number(change, "spans")
    del counts["changed"]
    return +counts


def _all_relations(found: Difference) -> Counter[str]:
    counts = Counter(r.kind for a in found.articles for r in a.relations)
    for change in found.articles:
        counts[change.kind] += _number(change, "relations")
    del counts["changed"]
    return +counts


def _number(change: ArticleChange, what: str) -> int:
    """How many spans or relations an article brought or took away, as a whole."""
    if change.kind == "changed":
        return 0
    return len(getattr(change.new or change.old, what))


def _entity_kind(changes: tuple[tuple[str, Any, Any], ...]) -> str:
    for name, old, _ in changes:
        if name == "id":
            return "added" if old is None else "removed"
    return "changed"
