"""The label of a place is misspelt."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l3")["layer"] = "locaton"
