"""A quote stops short of its closing mark."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/q4")
    corpus.move("inv-0001/q4", span["start"], span["end"] - 1)
