"""Spans as labels of tokens, for training a tagger with a fast tokenizer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newspan.errors import Fault, NewspanError
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS

__all__ = ["to_token_labels", "token_label_names"]

IGNORED = -100
"""Label of special tokens, which loss functions leave out."""


def token_label_names(layer: str, attribute: str | None = None) -> list[str]:
    """Names of the label ids: O, then B- and I- of the layer or of each attribute value.

    Raises NewspanError for a layer, or an attribute with values, that does not exist.
    """
    if layer not in LAYERS:
        raise NewspanError(Fault(f"no layer {layer!r}.", f"There are: {', '.join(LAYERS)}."))
    values: Sequence[str] = [layer]
    if attribute is not None:
        listed = {f.name: f.values for f in attributes(layer) if f.values}
        if attribute not in listed:
            raise NewspanError(
                Fault(
                    f"{layer} has no attribute {attribute!r} with values.",
                    f"It has: {', '.join(listed) or 'none'}.",
                )
            )
        values = listed[attribute]
    return ["O", *(f"{prefix}-{value}" for value in values for prefix in "BI")]


def to_token_labels(
    batch: Mapping[str, Sequence[Any]],
    tokenizer: Any,
    layer: str,
    attribute: str | None = None,
    **options: Any,
) -> dict[str, Any]:
    """The batch tokenized, with `labels`: a BIO id for each token (`token_label_names`).

    `batch` is a batch of the `documents` config; `tokenizer` any fast tokenizer of
    transformers; `options` go to it (truncation, max_length, stride …). A token that
    overlaps a span is in it. Of nested spans the outermost counts; a fragment begins a new
    B. Special tokens get -100. A stand-off article without text has no tokens of its own.
    """
    names = token_label_names(layer, attribute)
    texts = [text or "" for text in batch["text"]]
    encoded = tokenizer(texts, return_offsets_mapping=True, **options)
    owners = encoded.get("overflow_to_sample_mapping") or range(len(texts))
    marks = [
        _outermost(_ranges(spans, layer, attribute)) if text else []
        for text, spans in zip(texts, batch["spans"], strict=True)
    ]
    labels = []
    for row, owner in enumerate(owners):
        special = [kind is None for kind in encoded.sequence_ids(row)]
        offsets = encoded["offset_mapping"][row]
        labels.append(list(_bio(offsets, special, marks[owner], names)))
    return {**encoded, "labels": labels}


def _ranges(
    spans: Sequence[Mapping[str, Any]], layer: str, attribute: str | None
) -> Iterator[tuple[int, int, str]]:
    order = tuple(LAYERS)
    values = {f.name: f.values for f in attributes(layer)}
    for span in spans:
        own = span["layer"]
        if (order[own] if isinstance(own, int) else own) != layer:
            continue
        value: Any = layer
        if attribute is not None:
            value = span[layer][attribute]
            value = values[attribute][value] if isinstance(value, int) else value
        if value is not None:
            for fragment in span["fragments"]:
                yield fragment["start"], fragment["end"], value


def _outermost(ranges: Iterator[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for start, end, value in sorted(ranges, key=lambda r: (r[0], -r[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, value))
    return kept


def _bio(
    offsets: Sequence[tuple[int, int]],
    special: Sequence[bool],
    marks: Sequence[tuple[int, int, str]],
    names: Sequence[str],
) -> Iterator[int]:
    at = 0
    begun = -1
    for (start, end), ignored in zip(offsets, special, strict=True):
        if ignored:
            yield IGNORED
            continue
        while at < len(marks) and marks[at][1] <= start:
            at += 1
        if at == len(marks) or end <= marks[at][0] or start == end:
            yield 0
        else:
            yield names.index(("I-" if begun == at else "B-") + marks[at][2])
            begun = at
