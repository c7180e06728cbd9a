"""A quote came through a channel that the model does not know."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/q1")["quote"]["channel"] = "letter"
