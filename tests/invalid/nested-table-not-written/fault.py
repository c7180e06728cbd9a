"""The nested table was not written, and the index does not list it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived["documents"].clear()
