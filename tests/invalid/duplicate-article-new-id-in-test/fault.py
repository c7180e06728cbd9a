"""A report of the validation split is in the test split too, under another id."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.copy_article("inv-0003", "inv-0009")
    corpus.resplit("inv-0009", "test")
