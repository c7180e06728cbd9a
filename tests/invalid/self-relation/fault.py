"""A number is part of itself."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relate("inv-0001", "n5", "part_of", "n5")
