"""A claim was written twice."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived["claims"].append(dict(corpus.derived_row("claims", "inv-0001/n1")))
