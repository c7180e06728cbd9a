"""A region's id holds a blank."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n7")["id"] = "inv-0001/adjudicated/n 7"
