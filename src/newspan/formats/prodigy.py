"""Prodigy's JSON Lines: a task a line, with tokens, spans and relations (`.prodigy.jsonl`).

Source: https://prodi.gy/docs/api-interfaces#spans_manual and #relations.

    {"text": "...", "meta": {"id": "inv-0101"},
     "tokens": [{"text": "Ana", "start": 0, "end": 3, "id": 0, "ws": true}, ...],
     "spans": [{"start": 0, "end": 9, "token_start": 0, "token_end": 1, "label": "actor:person"}],
     "relations": [{"head": 7, "child": 1, "label": "said_by", "head_span": {...}, ...}],
     "answer": "accept"}

Offsets are code points; `token_end` is the last token, inclusive; a relation names the last
tokens of its two spans, and goes from the head to the child. Prodigy keeps keys that it does
not know, so under `newspan` the article has its metadata, a span what its label does not say,
and a relation the ids of its ends. What Prodigy's own keys say wins. Hashes are left out: it
makes them.

Only accepted answers (and those without one) are read. `reject` and `ignore` say that the
annotation is wrong or undecided, not that there is nothing to mark: such a task is left out
whole, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from newspan.errors import DocumentError
from newspan.formats.bare import bare_article
from newspan.formats.beyond import about, article_of, beyond, given
from newspan.formats.drafts import Draft, Names, is_span_id
from newspan.formats.json_lines import records
from newspan.formats.labels import label_of
from newspan.formats.loss import LOSABLE
from newspan.formats.prodigy_tokens import Token, last_tokens, tokens_of
from newspan.schema.fields import main_attribute, typed
from newspan.schema.invariants import check
from newspan.schema.model import AnySpan, Article, Document, Relation, layer_of

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset(LOSABLE) - {"discontinuous", "standoff"}

_REMEDY = "A line is a task of Prodigy's, with `text` and, if any, `spans` and `relations`."


class _Span(msgspec.Struct, kw_only=True, omit_defaults=True):
    start: int
    end: int
    token_start: int | None = None
    token_end: int | None = None
    label: str | None = None
    text: str | None = None
    newspan: dict[str, Any] | None = None


class _Relation(msgspec.Struct, kw_only=True, omit_defaults=True):
    head: int
    child: int
    label: str
    head_span: _Span | None = None
    child_span: _Span | None = None
    newspan: dict[str, Any] | None = None


class _Record(msgspec.Struct, kw_only=True, omit_defaults=True):
    text: str
    meta: dict[str, Any] | None = None
    id: Any = None
    tokens: list[Token] | None = None
    spans: list[_Span] | None = None
    relations: list[_Relation] | None = None
    answer: str | None = None
    newspan: dict[str, Any] | None = None


def encode(documents: Iterable[Document]) -> Iterator[bytes]:
    """One task for each document, accepted."""
    for document in documents:
        article = check(document).article
        text = str(article.text)
        tokens = tokens_of(text, [end for s in document.spans for end in (s.start, s.end)])
        first = {token.start: token.id for token in tokens}
        last = {token.end: token.id for token in tokens}
        places = {
            s.id: _Span(start=s.start, end=s.end, token_start=first[s.start],
                        token_end=last[s.end], label=label_of(s))
            for s in document.spans
        }  # fmt: skip
        spans = [_with(places[s.id], s) for s in document.spans]
        record = _Record(
            text=text, meta={"id": article.id}, tokens=tokens, spans=spans,
            relations=[_relation(arc, places) for arc in document.relations],
            answer="accept", newspan=about(article),
        )  # fmt: skip
        yield msgspec.json.encode(record) + b"\n"


def _with(place: _Span, span: AnySpan) -> _Span:
    own = main_attribute(layer_of(span))
    return msgspec.structs.replace(place, newspan=beyond(span, () if own is None else (own.name,)))


def _relation(arc: Relation, places: Mapping[str, _Span]) -> _Relation:
    head, child = places[arc.head], places[arc.tail]
    return _Relation(
        head=head.token_end or 0, child=child.token_end or 0, label=arc.type,
        head_span=head, child_span=child, newspan={"head": arc.head, "tail": arc.tail},
    )  # fmt: skip


def decode(
    lines: Iterable[bytes | str], left_out: Counter[str] | None = None, path: Path | None = None
) -> Iterator[Document]:
    """The document of each task that was not rejected or ignored; `left_out` counts those.

    An article without metadata is named after `id`, or `id` in `meta`, or its line. Raises
    DocumentError with all the faults of a document.
    """
    names = Names()
    counts: Counter[str] = Counter() if left_out is None else left_out
    for number, record in records(lines, _Record, _REMEDY, path):
        if record.answer not in (None, "accept"):
            counts[f"tasks with the answer {record.answer[:20]}"] += 1
            continue
        try:
            draft = Draft(_article(record, names, number), path, number)
        except DocumentError as error:
            raise DocumentError(*(replace(f, line=number) for f in error.faults)) from error
        spans = record.spans or []
        for place, span in enumerate(spans, start=1):
            _add(draft, f"span {place}", span)
        _relate(draft, record, spans)
        yield draft.document()


def _article(record: _Record, names: Names, line: int) -> Article:
    if record.newspan is not None:
        return article_of(record.newspan, record.text)
    own = record.id if record.id is not None else (record.meta or {}).get("id")
    name = str(own) if isinstance(own, str | int) else f"line {line}"
    return bare_article(names.of(name, record.text), record.text)


def _add(draft: Draft, key: str, span: _Span) -> None:
    found = draft.layer(key, span.label or "")
    if found is None:
        return
    layer, type_ = found
    said = span.newspan or {}
    values = given(said, layer) | typed(layer, type_)
    span_id = said.get("id") if is_span_id(said.get("id"), draft.article.id) else None
    words = None if span.text is None else [span.text]
    draft.add(key, layer, [(span.start, span.end)], values, span_id, words)


def _relate(draft: Draft, record: _Record, spans: list[_Span]) -> None:
    ends = last_tokens(record.tokens or [], [(s.token_end, s.end) for s in spans])
    for place, arc in enumerate(record.relations or [], start=1):
        key = f"relation {place}"
        said = arc.newspan or {}
        found = []
        for token, stated, own in (
            (arc.head, arc.head_span, said.get("head")),
            (arc.child, arc.child_span, said.get("tail")),
        ):
            chosen = _meant(spans, ends, token, stated, own)
            if len(chosen) != 1:
                message = f"{len(chosen)} spans end at its token {token}."
                draft.fault(message, "Mark the spans, then draw the relation again.", key)
                break
            found.append(f"span {chosen[0] + 1}")
        else:
            draft.relate(key, arc.label, found[0], found[1])


def _meant(
    spans: list[_Span], ends: list[int | None], token: int, stated: _Span | None, own: object
) -> list[int]:
    """Which spans an end of a relation may mean: those at its place or, where it names none,
    those that end with its token; of several those with its label, and then with its id."""
    if stated is None:
        found = [n for n, last in enumerate(ends) if last == token]
    else:
        place = (stated.start, stated.end)
        found = [n for n, span in enumerate(spans) if (span.start, span.end) == place]
        found = [n for n in found if spans[n].label == stated.label] or found
    return [n for n in found if own and (spans[n].newspan or {}).get("id") == own] or found
