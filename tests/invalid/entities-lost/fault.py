"""The table of entities was not written."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entities.clear()
