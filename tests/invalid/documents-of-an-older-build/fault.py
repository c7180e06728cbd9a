"""An actor was deleted, and the nested table still has it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derive()
    corpus.drop("inv-0001/a4")
