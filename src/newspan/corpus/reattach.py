"""Moving the spans of an annotated text to a copy that differs in some paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from newspan.corpus.alignment import Alignment, Anchor
from newspan.errors import Fault
from newspan.schema.invariants import slice_text
from newspan.schema.model import Document, Fragment
from newspan.text import fingerprint, paragraph_fingerprints

__all__ = ["reattach"]


def reattach(document: Document, found: Alignment) -> tuple[Document, tuple[Fault, ...]]:
    """The document on the copy's text, with the spans whose paragraphs both texts have.

    A span is moved by whole paragraphs, never searched for; one that lies in, or runs
    through, a differing paragraph is left out with a fault, and so is a relation that loses
    an end.
    """
    text = found.text or ""
    article = msgspec.structs.replace(
        document.article,
        text=text,
        text_sha256=fingerprint(text),
        paragraph_sha256=paragraph_fingerprints(text),
        n_chars=len(text),
    )
    spans, faults, lost = [], [], set()
    for span in document.spans:
        moved = [_moved(fragment, found.anchors) for fragment in span.fragments]
        fragments = tuple(f for f in moved if f is not None)
        if len(fragments) < len(moved):
            lost.add(span.id)
            faults.append(
                Fault(
                    f"[{span.start}, {span.end}) lies in no paragraph known to be the same.",
                    "Get the annotated version of the text, or mark the span in the new one.",
                    article_id=article.id,
                    span_id=span.id,
                )
            )
            continue
        spans.append(
            msgspec.structs.replace(
                span, fragments=fragments, start=fragments[0].start, end=fragments[-1].end,
                text=slice_text(text, fragments),
            )
        )  # fmt: skip
    relations = tuple(r for r in document.relations if not lost & {r.head, r.tail})
    if gone := len(document.relations) - len(relations):
        faults.append(
            Fault(f"{gone} relations lost an end.", "They come back with it.",
                  article_id=article.id)
        )  # fmt: skip
    return Document(article=article, spans=tuple(spans), relations=relations), tuple(faults)


def _moved(fragment: Fragment, anchors: Sequence[Anchor]) -> Fragment | None:
    """The fragment in the copy: within one anchor, or over neighbours that moved alike."""
    inside = [a for a in anchors if a.start < fragment.end and fragment.start < a.start + a.length]
    shifts = {a.copy_start - a.start for a in inside}
    if len(shifts) != 1 or fragment.start < inside[0].start:
        return None
    if fragment.end > inside[-1].start + inside[-1].length:
        return None
    if any(b.start != a.start + a.length + 2 for a, b in pairwise(inside)):
        return None
    shift = shifts.pop()
    return Fragment(fragment.start + shift, fragment.end + shift)
