"""A place is of a kind that the model does not know."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l3")["location"]["kind"] = "mine"
