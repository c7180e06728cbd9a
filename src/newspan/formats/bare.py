"""What an article and a span are where a file does not say: the values that stand for nothing.

A format made for other purposes has text and spans, but no licence, no date, no annotator. The
model asks for them, so they are filled in with these, which claim as little as can be claimed;
whoever keeps the corpus corrects them. A test holds `loss` to the same values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.schema.fields import attributes, typed
from newspan.schema.invariants import slice_text
from newspan.schema.model import LAYERS, AnySpan, Article, Fragment
from newspan.text import NORMALIZATION, fingerprint, is_normalized, paragraph_fingerprints

__all__ = ["IMPORTED", "NOT_NORMALIZED", "bare_article", "bare_attributes", "bare_id", "bare_span"]

IMPORTED = "imported"
"""The pass in the ids of spans that come without one."""

NOT_NORMALIZED = "none"
"""`normalization` of a text that is kept as its file has it, for the sake of its offsets."""

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""`published` of an article that comes without a date."""

_MAKER: dict[str, Any] = {"annotator": "unknown", "annotator_kind": "human", "status": "pass"}


def bare_article(name: str, text: str) -> Article:
    """An article of which only a name and the text are known.

    Its licence is LicenseRef-unknown, its date the beginning of 1970 to the day, its origin
    press, its story its own. Raises DocumentError for a name that is no article id and for a
    text that no UTF-8 can hold.
    """
    try:
        return msgspec.convert(
            {
                "id": name,
                "text": text,
                "text_sha256": fingerprint(text),
                "paragraph_sha256": paragraph_fingerprints(text),
                "n_chars": len(text),
                "normalization": NORMALIZATION if is_normalized(text) else NOT_NORMALIZED,
                "language": "en",
                "published": UNDATED,
                "published_precision": "day",
                "author_kind": "human",
                "license": "LicenseRef-unknown",
                "story": name,
                "origin": "press",
            },
            Article,
        )
    except UnicodeEncodeError as error:
        raise DocumentError(
            Fault(f"character {error.start} of the text is a lone surrogate.",
                  "Mend the source.", article_id=name)
        ) from error  # fmt: skip
    except msgspec.ValidationError as error:
        raise DocumentError(
            Fault(f"{error}.", "An article id is lower-case letters, digits and hyphens.",
                  article_id=name)
        ) from error  # fmt: skip


def bare_attributes(layer: str, type_: str | None = None) -> dict[str, str]:
    """The attributes of a span of which at most the type is known: the others that must be
    given have the last, the least telling, of their labels."""
    given = {f.name: f.values[-1] for f in attributes(layer) if f.required and f.values}
    return given | typed(layer, type_)


def bare_id(article: str, layer: str, taken: Counter[str]) -> str:
    """The id of the next span of a layer; `taken` counts them by layer within an article."""
    taken[layer] += 1
    return f"{article}/{IMPORTED}/{layer}-{taken[layer]}"


def bare_span(
    layer: str,
    span_id: str,
    fragments: Sequence[tuple[int, int]],
    text: str,
    given: Mapping[str, Any] | None = None,
) -> AnySpan:
    """A span of which the place is known, and what is `given`: attributes, a note, a maker.

    Offsets are code points. Raises DocumentError where a value is none that the model has.
    Whether the place lies in the text is for `check` to say, of the whole document at once.
    """
    parts = [Fragment(start, end) for start, end in fragments]
    values = {
        "layer": layer,
        "id": span_id,
        "fragments": parts,
        "start": parts[0].start,
        "end": parts[-1].end,
        "text": slice_text(text, parts),
        **_MAKER,
        **bare_attributes(layer),
        **(given or {}),
    }
    try:
        return msgspec.convert(values, LAYERS[layer])  # type: ignore[return-value]
    except msgspec.ValidationError as error:
        article = span_id.partition("/")[0]
        raise DocumentError(
            Fault(f"{error}.", "schema/layers.json has the attributes and their values.",
                  article_id=article, span_id=span_id)
        ) from error  # fmt: skip
