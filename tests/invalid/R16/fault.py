"""A figure inside a quote has a source of its own."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relate("inv-0001", "n3", "according_to", "a5")
