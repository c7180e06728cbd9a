"""The bounds of a range are the same."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n3")["number"]["high"] = "40"
