"""A counted noun has the attributes of a number."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/d1")["number"] = corpus.span("inv-0001/n1")["number"]
