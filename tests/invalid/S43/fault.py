"""A total answers no question."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n8")["number"]["scope"] = "total"
