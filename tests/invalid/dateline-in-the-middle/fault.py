"""A place in the middle of the text is called a dateline."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l3")["location"]["dateline"] = True
