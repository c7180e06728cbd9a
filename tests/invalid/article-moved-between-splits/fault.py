"""An article was moved from the test split to another, and its spans stayed."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("ret-0001").update(split="train", file_split="train")
