"""A span leaves out the last letter of its word."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/d1")
    corpus.move("inv-0001/d1", span["start"], span["end"] - 1)
