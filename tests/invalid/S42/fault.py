"""A zero was added to a value."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n4")["number"]["value"] = "140"
