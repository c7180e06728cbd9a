"""A number is part of its own part."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relate("inv-0001", "n4", "part_of", "n5")
