"""A name is marked with its article."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/a5")
    corpus.move("inv-0001/a5", span["start"] - 4, span["end"])
