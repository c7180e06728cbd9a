"""A name is marked with its title."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/a2")
    corpus.move("inv-0001/a2", span["start"] - len("Minister "), span["end"])
