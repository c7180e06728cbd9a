"""A range runs downwards."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n3")["number"]["low"] = "50"
    corpus.span("inv-0001/n3")["number"]["high"] = "40"
