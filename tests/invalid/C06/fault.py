"""A report is there under two ids."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.copy_article("inv-0003", "inv-0009")
