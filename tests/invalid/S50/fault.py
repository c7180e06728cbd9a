"""A quote without marks is called direct."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/q2")["quote"]["form"] = "direct"
