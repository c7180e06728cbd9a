"""Dozens were taken to be exactly 24."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n10")["number"]["value"] = "24"
