"""A value was not read, and says so."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n7")["number"]["value"] = "NaN"
