"""A fast tokenizer made here, without a download, and what its labels mark."""

from __future__ import annotations

from typing import Any

from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast


def trained(texts: list[str]) -> PreTrainedTokenizerFast:
    """A byte-level tokenizer of 400 pieces, made from the texts."""
    raw = Tokenizer(models.BPE(unk_token="[UNK]"))
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.train_from_iterator(
        texts, trainers.BpeTrainer(vocab_size=400, special_tokens=["[UNK]", "[CLS]", "[SEP]"])
    )
    raw.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=raw, unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )


def marked(encoded: dict[str, Any], row: int, text: str, names: list[str]) -> list[tuple[str, str]]:
    """(label, words) of each labelled stretch."""
    found: list[list[Any]] = []
    pairs = zip(encoded["labels"][row], encoded["offset_mapping"][row], strict=True)
    for label, (start, end) in pairs:
        if label > 0:
            prefix, _, value = names[label].partition("-")
            if prefix == "B":
                found.append([value, start, end])
            else:
                found[-1][2] = end
    return [(value, text[start:end].strip()) for value, start, end in found]
