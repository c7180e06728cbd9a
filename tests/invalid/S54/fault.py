"""A quote in single marks is called indirect."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0003/q3")["quote"]["form"] = "indirect"
