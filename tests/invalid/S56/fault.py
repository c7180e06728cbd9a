"""A place is marked with the comma after it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.move("inv-0001/l1", 0, len("PORT ALDER,"))
