"""A number has a factuality that the model does not know."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n5")["number"]["factuality"] = "hoped"
