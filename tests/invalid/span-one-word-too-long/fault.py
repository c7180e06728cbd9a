"""A name is marked with the verb after it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/a6")
    corpus.move("inv-0001/a6", span["start"], span["end"] + len(" called"))
