"""A count of wounded has no figure key."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n2")["number"]["figure"] = None
