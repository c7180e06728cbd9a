"""An invented number is said to be from a source."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n4")["derived_from"] = "wn-9001/adjudicated/n1"
