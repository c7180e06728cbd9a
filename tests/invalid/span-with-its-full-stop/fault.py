"""A name is marked with the full stop that ends its sentence."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/l4")
    corpus.move("inv-0001/l4", span["start"], span["end"] + 1)
