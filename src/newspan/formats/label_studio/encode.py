"""Documents to Label Studio tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.label_studio.regions import PROVENANCE as PROVENANCE
from newspan.schema.invariants import check
from newspan.schema.labelling import CONTINUES, YES, Control, controls, label_of
from newspan.schema.model import (
    FRAGMENT_JOINT,
    SCHEMA_VERSION,
    Article,
    Document,
    Span,
    layer_of,
    region_of,
)

__all__ = ["encode", "provenance_of", "refuse_unstorable"]


def encode(documents: Iterable[Document], *, metadata: bool = True) -> Iterator[dict[str, Any]]:
    """One task per article, in the order given; passes of one article must be adjacent.

    With `metadata`, the task carries the article's metadata, so that it can be read back
    alone. Raises DocumentError before anything that would break Label Studio or its editor
    is made: a document that breaks an invariant, fragment ids that collide, NUL.
    """
    seen: set[str] = set()
    for name, group in groupby(documents, key=lambda d: d.article.id):
        passes = list(group)
        _refuse_mixture(passes, name in seen)
        seen.add(name)
        task: dict[str, Any] = {
            "data": _data(passes[0].article, metadata),
            "annotations": [],
            "predictions": [],
        }
        for document in passes:
            made = _annotation(check(document))
            if made["newspan"]["status"] == "prediction":
                task["predictions"].append(_as_prediction(made, document))
            else:
                task["annotations"].append(made)
        refuse_unstorable(task, name)
        yield task


def _refuse_mixture(passes: Sequence[Document], seen: bool) -> None:
    """One article is one task with one text."""
    article = passes[0].article
    if seen or any(document.article != article for document in passes):
        raise DocumentError(
            Fault(
                "its documents are not adjacent."
                if seen
                else "its documents differ in the article.",
                "Give all passes of an article together, over one text.",
                article_id=article.id,
            )
        )


def refuse_unstorable(task: dict[str, Any], article_id: str) -> None:
    """Raise DocumentError for what cannot be stored anywhere in a task.

    A lone surrogate breaks every later export; PostgreSQL takes no NUL.
    """
    try:
        whole = b"\\u0000" not in msgspec.json.encode(task).replace(b"\\\\", b"")
    except UnicodeEncodeError:
        whole = False
    if not whole:
        raise DocumentError(
            Fault(
                "a title, note or name holds a NUL or a lone surrogate.",
                "Remove it; Label Studio cannot store it.",
                article_id=article_id,
            )
        )


def _data(article: Article, metadata: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "article_id": article.id,
        "text_sha256": article.text_sha256,
        "story": article.story,
        "schema_version": SCHEMA_VERSION,
    }
    if article.text is not None:
        data |= {"text": article.text, "title": article.title}
    if metadata:
        record = msgspec.to_builtins(article)
        data["article"] = {k: v for k, v in record.items() if k not in ("text", "title")}
        if article.text is None and article.title is not None:
            data["title"] = article.title
    return data


def _annotation(document: Document) -> dict[str, Any]:
    common = provenance_of(document)
    results: list[dict[str, Any]] = []
    joints: list[dict[str, Any]] = []
    for span in document.spans:
        results += _region(span, common)
        joints += _joints(span)
    _refuse_collisions(document, results)
    return {
        "result": results + joints + _relations(document),
        "ground_truth": False,
        "was_cancelled": False,
        "newspan": common,
    }


def _as_prediction(made: dict[str, Any], document: Document) -> dict[str, Any]:
    scores = [s.score for s in document.spans if s.score is not None]
    return {
        "model_version": made["newspan"]["annotator"],
        "score": sum(scores) / len(scores) if scores else None,
        "result": made["result"],
        "newspan": made["newspan"],
    }


def provenance_of(document: Document) -> dict[str, Any]:
    """The pass, annotator, kind and status that most spans of a document share."""
    if not document.spans:
        return {"pass": "adjudicated", "annotator": "", "annotator_kind": "human",
                "status": "adjudicated"}  # fmt: skip
    counted = Counter(
        (s.id.split("/")[1], *(getattr(s, f) for f in PROVENANCE)) for s in document.spans
    )
    names = ("pass", *PROVENANCE)
    return dict(zip(names, counted.most_common(1)[0][0], strict=True))


def fragment_ids(span: Span) -> list[str]:
    """The region id of each fragment; the first is that of the span."""
    region = region_of(span.id)
    return [region] + [f"{region}--{n}" for n in range(2, len(span.fragments) + 1)]


def _region(span: Span, common: dict[str, Any]) -> Iterator[dict[str, Any]]:
    layer = layer_of(span)
    words = _fragment_words(span)
    for region, fragment, text in zip(fragment_ids(span), span.fragments, words, strict=True):
        place = {"start": fragment.start, "end": fragment.end}
        base = {"id": region, "to_name": "text", "origin": "manual"}
        spoken = {} if text is None else {"text": text}
        first = region == region_of(span.id)
        extra = _region_extra(span, common) if first else {}
        yield {
            **base, "from_name": "span", "type": "labels",
            "value": {**place, **spoken, "labels": [label_of(layer)]}, **extra,
        }  # fmt: skip
        if first:
            for control in controls().values():
                answer = _answer(span, control) if control.layer == layer else None
                if answer is not None:
                    visible = spoken if control.tag == "choices" else {}
                    yield {
                        **base, "from_name": control.name, "type": control.tag,
                        "value": {**place, **visible, **answer},
                    }  # fmt: skip


def _fragment_words(span: Span) -> Sequence[str | None]:
    if span.text is None:
        return [None] * len(span.fragments)
    words, at = [], 0
    for fragment in span.fragments:
        length = fragment.end - fragment.start
        words.append(span.text[at : at + length])
        at += length + len(FRAGMENT_JOINT)
    return words


def _answer(span: Span, control: Control) -> dict[str, Any] | None:
    value = getattr(span, control.field.name)
    if value is None or value is False:
        return None
    if control.tag == "textarea":
        return {"text": [value]}
    return {"choices": [YES if value is True else value]}


def _region_extra(span: Span, common: dict[str, Any]) -> dict[str, Any]:
    own = {name: getattr(span, name) for name in PROVENANCE if getattr(span, name) != common[name]}
    if span.derived_from is not None:
        own["derived_from"] = span.derived_from
    meta: dict[str, Any] = {}
    if span.note is not None:
        meta["text"] = [span.note]
    if own:
        meta["newspan"] = own
    extra: dict[str, Any] = {"meta": meta} if meta else {}
    if span.score is not None:
        extra["score"] = span.score
    return extra


def _joints(span: Span) -> Iterator[dict[str, Any]]:
    for head, tail in pairwise(fragment_ids(span)):
        yield _arc(head, tail, [CONTINUES])


def _relations(document: Document) -> list[dict[str, Any]]:
    labels: dict[tuple[str, str], list[str]] = {}
    for relation in document.relations:
        pair = region_of(relation.head), region_of(relation.tail)
        labels.setdefault(pair, []).append(relation.type)
    return [_arc(head, tail, sorted(types)) for (head, tail), types in labels.items()]


def _arc(head: str, tail: str, labels: list[str]) -> dict[str, Any]:
    return {"type": "relation", "from_id": head, "to_id": tail, "direction": "right",
            "labels": labels}  # fmt: skip


def _refuse_collisions(document: Document, results: list[dict[str, Any]]) -> None:
    regions = [r["id"] for r in results if r["type"] == "labels"]
    passes = {s.id.split("/")[1] for s in document.spans}
    twice = sorted(region for region, n in Counter(regions).items() if n > 1)
    if twice or len(passes) > 1:
        raise DocumentError(
            Fault(
                f"regions {', '.join(twice)} collide." if twice else "spans of several passes.",
                "Region ids are unique within a pass; give each pass its own document.",
                article_id=document.article.id,
            )
        )
