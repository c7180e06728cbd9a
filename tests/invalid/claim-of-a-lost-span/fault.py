"""A number was deleted, and its claim kept."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derive()
    corpus.drop("inv-0001/n10", "inv-0001/d4")
