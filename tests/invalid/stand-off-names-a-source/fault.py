"""A stand-off article names a source, as if it were retold."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("wn-9001")["based_on"] = ["wn-9001"]
