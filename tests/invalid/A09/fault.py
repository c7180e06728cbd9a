"""The text was normalised by an earlier version."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0001")["normalization"] = "newspan-0"
