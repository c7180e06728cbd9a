"""The report of a difference: as text, as Markdown, as JSON, and as lines for a changelog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from newspan.annotations.compare.render import plain_markdown
from newspan.annotations.diff.changes import ArticleChange, Difference, SpanChange
from newspan.annotations.diff.told import context, field_change, span_line, span_name, summary
from newspan.schema.fields import fields_of
from newspan.schema.model import SCHEMA_VERSION, AnySpan, Span, layer_of

__all__ = ["RENDERERS"]

_STEPS = {
    "major": "Articles or labels of the test split changed: a major step of the data version.",
    "minor": "No article and no label of the test split changed: a minor step.",
    "patch": "No article and no label changed: a patch step.",
    "none": "They are the same.",
}


def _text(found: Difference) -> str:
    lines = [*summary(found), _STEPS[found.step]]
    for change in found.articles:
        lines += ["", _heading(change)]
        lines += [f"  {field_change(*field)}" for field in change.fields]
        for span in change.spans:
            lines.append(f"  {span_line(span)}")
            lines += [f"      {words}" for words in _words(change, span)]
        for arc in change.relations:
            sign = "+" if arc.kind == "added" else "-"
            lines.append(f"  {sign} {span_name(arc.head)} {arc.type} {span_name(arc.tail)}")
    if found.entities:
        lines += ["", "entities"]
    for key, changes in found.entities:
        lines.append(f"  {key}: {'; '.join(field_change(*c) for c in changes)}")
    return "\n".join(lines) + "\n"


def _heading(change: ArticleChange) -> str:
    about = change.article
    held = change.new or change.old
    number = "" if change.kind == "changed" or held is None else f", {len(held.spans)} spans"
    return f"{about.id} ({about.origin}, {about.split or 'no split'}): {change.kind}{number}"


def _words(change: ArticleChange, span: SpanChange) -> Iterator[str]:
    """The words around a span: where it is now, and where it was, if that is elsewhere."""
    shown = [span.old] if span.moved or span.new is None else []
    for document, side in (*((change.old, s) for s in shown), (change.new, span.new)):
        if side is not None and (words := context(document, side)) is not None:
            yield words


def _markdown(found: Difference) -> str:
    lines = ["### Differences", "", *(f"- {plain_markdown(line)}" for line in summary(found))]
    lines += [f"- {_STEPS[found.step]}", ""]
    for change in found.articles:
        lines += [f"#### {plain_markdown(_heading(change))}", ""]
        told = [field_change(*field) for field in change.fields]
        told += [_with_words(change, span) for span in change.spans]
        told += [
            f"{arc.kind}: {span_name(arc.head)} {arc.type} {span_name(arc.tail)}"
            for arc in change.relations
        ]
        lines += [*(f"- {plain_markdown(line)}" for line in told), ""]
    if found.entities:
        lines += ["#### Entities", ""]
    for key, changes in found.entities:
        told_of = "; ".join(field_change(*c) for c in changes)
        lines.append(f"- {plain_markdown(f'{key}: {told_of}')}")
    return "\n".join(lines).rstrip("\n") + "\n"


def _with_words(change: ArticleChange, span: SpanChange) -> str:
    return " | ".join([span_line(span).replace("~ ", "changed: ", 1), *_words(change, span)])


def _changelog(found: Difference) -> str:
    """The section on data of a release: counts, and what the step is."""
    lines = [*summary(found), _STEPS[found.step]]
    return "".join(f"- {plain_markdown(line)}\n" for line in lines)


def _json(found: Difference) -> str:
    made = {
        "newspan": "difference",
        "schema_version": SCHEMA_VERSION,
        "step": found.step,
        "articles": [_article(a) for a in found.articles],
        "entities": [{"id": key, "fields": _fields(changes)} for key, changes in found.entities],
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=1).decode() + "\n"


def _article(change: ArticleChange) -> dict[str, Any]:
    return {
        "id": change.article.id,
        "change": change.kind,
        "split": change.article.split,
        "fields": _fields(tuple(f for f in change.fields if f[0] != "text")),
        "spans": [
            {"changes": list(s.kinds), "old": _span(s.old), "new": _span(s.new),
             "fields": _fields(s.fields)}
            for s in change.spans
        ],
        "relations": [
            {"change": r.kind, "type": r.type, "head": r.head.id, "tail": r.tail.id}
            for r in change.relations
        ],
    }  # fmt: skip


def _fields(changes: tuple[tuple[str, Any, Any], ...]) -> dict[str, dict[str, Any]]:
    return {name: {"old": old, "new": new} for name, old, new in changes}


_PLACE = ("id", "fragments", "text")


def _span(span: AnySpan | None) -> dict[str, Any] | None:
    if span is None:
        return None
    values = {f.name: getattr(span, f.name) for f in fields_of(Span) if f.name in _PLACE}
    return {"layer": layer_of(span), **values}


RENDERERS: dict[str, Callable[[Difference], str]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
    "changelog": _changelog,
}
"""Name of a form to what makes it."""
