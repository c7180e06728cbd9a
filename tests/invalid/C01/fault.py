"""The second report of a story went to the test split."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.resplit("inv-0002", "test")
