"""A column of values went through floating-point numbers, so that 14 became 14.0."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n4")["number"]["value"] = "14.0"
