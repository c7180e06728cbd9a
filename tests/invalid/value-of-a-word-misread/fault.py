"""A number written as a word has another value."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n5")["number"]["value"] = "90"
