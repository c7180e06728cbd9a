"""A direct quote lost its closing mark."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0002/q1")
    corpus.move("inv-0002/q1", span["start"], span["end"] - 1)
