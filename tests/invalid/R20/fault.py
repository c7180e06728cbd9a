"""A share is said to be of the noun that a figure at the other end of the report counts."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.drop("inv-0001/d5")
    corpus.relate("inv-0001", "n11", "counts", "d1")
