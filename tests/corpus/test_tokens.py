"""Spans as labels of tokens, with a tokenizer trained here."""

from __future__ import annotations

from typing import Any

import pytest
from transformers import PreTrainedTokenizerFast

import newspan
from newspan.corpus.build import build
from newspan.errors import NewspanError
from trees import copy_tree
from wordpieces import marked, trained


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = copy_tree(tmp_path_factory.mktemp("tokens") / "tree")
    build(root)
    return newspan.load_dataset("documents", "test", folder=root)


@pytest.fixture(scope="module")
def tokenizer(documents: Any) -> PreTrainedTokenizerFast:
    return trained(documents["text"])


def test_numbers_are_labelled_where_they_stand(documents: Any, tokenizer: Any) -> None:
    batch = documents[:]
    encoded = newspan.to_token_labels(batch, tokenizer, "number")
    names = newspan.token_label_names("number")
    first = marked(encoded, 0, batch["text"][0], names)
    assert first == [
        ("number", w) for w in ("at least three", "12", "Nobody", "about 40 tonnes", "two hours")
    ]


def test_labels_can_be_an_attribute_and_fragments_begin_anew(
    documents: Any, tokenizer: Any
) -> None:
    batch = documents[:]
    names = newspan.token_label_names("quote", "form")
    assert names == ["O", "B-direct", "I-direct", "B-indirect", "I-indirect", "B-mixed", "I-mixed"]
    encoded = newspan.to_token_labels(batch, tokenizer, "quote", "form")
    found = marked(encoded, 0, batch["text"][0], names)
    assert found[1:3] == [
        ("direct", "“We heard the siren,”"), ("direct", "“and then the wall came down.”"),
    ]  # fmt: skip
    assert ("direct", "‘Run.’") not in found  # nested: the outermost counts


def test_special_tokens_are_ignored(documents: Any, tokenizer: Any) -> None:
    encoded = newspan.to_token_labels(documents[:], tokenizer, "actor")
    for labels in encoded["labels"]:
        assert labels[0] == labels[-1] == -100
        assert -100 not in labels[1:-1]


def test_windows_keep_their_own_article(documents: Any, tokenizer: Any) -> None:
    batch = documents[:]
    whole = newspan.to_token_labels(batch, tokenizer, "location")
    windows = newspan.to_token_labels(
        batch, tokenizer, "location", truncation=True, max_length=32,
        return_overflowing_tokens=True,
    )  # fmt: skip
    for article in range(len(batch["id"])):
        rows = [
            i for i, o in enumerate(windows["overflow_to_sample_mapping"]) if o == article
        ]  # fmt: skip
        inside = [n for r in rows for n in windows["labels"][r] if n != -100]
        expected = [n for n in whole["labels"][article] if n != -100]
        assert len(rows) > 1
        assert [n > 0 for n in inside] == [n > 0 for n in expected]


def test_it_maps_over_a_dataset(documents: Any, tokenizer: Any) -> None:
    tagged = documents.map(
        newspan.to_token_labels, batched=True, remove_columns=documents.column_names,
        fn_kwargs={"tokenizer": tokenizer, "layer": "number"},
    )  # fmt: skip
    assert len(tagged) == len(documents)
    assert all(len(r["labels"]) == len(r["input_ids"]) for r in tagged)


def test_a_stand_off_article_has_no_tokens_of_its_own(tokenizer: Any) -> None:
    span = {"layer": "number", "fragments": [{"start": 0, "end": 3}]}
    encoded = newspan.to_token_labels({"text": [None], "spans": [[span]]}, tokenizer, "number")
    assert encoded["labels"] == [[-100, -100]]


def test_unknown_layers_and_attributes_say_what_there_is() -> None:
    with pytest.raises(NewspanError, match="There are: actor"):
        newspan.token_label_names("person")
    with pytest.raises(NewspanError, match="It has: type, mention, metonymy"):
        newspan.token_label_names("actor", "entity")
