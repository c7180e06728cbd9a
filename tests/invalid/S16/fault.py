"""A span takes in the space after it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/d1")
    corpus.move("inv-0001/d1", span["start"], span["end"] + 1)
