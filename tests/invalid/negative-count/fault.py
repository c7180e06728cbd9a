"""A count is below zero."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n5")["number"]["value"] = "-9"
