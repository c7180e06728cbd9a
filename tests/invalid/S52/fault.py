"""A quote in marks is called indirect."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/q4")["quote"]["form"] = "indirect"
