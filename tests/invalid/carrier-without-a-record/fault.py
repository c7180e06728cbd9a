"""A stand-off article names a collection, and no record in it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("wn-9001")["carrier"]["record"] = None
