"""A place in a later paragraph is called a dateline."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l4")["location"]["dateline"] = True
