"""A derived table still holds the sentence of an owner's text."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.leak = "A crane fell on a hall in Lakemouth on Sunday."
