"""An exact number has a lower bound too."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n4")["number"]["low"] = "14"
