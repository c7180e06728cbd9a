"""One of the reports counts soldiers among the dead."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0002/n2")["number"]["counted_class"] = "soldier"
