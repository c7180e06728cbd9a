"""A place refers to a state."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l4")["location"]["entity"] = "strelia"
