"""A quote takes in its reporting clause."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    start = corpus.span("inv-0001/q0")["start"]
    corpus.move("inv-0001/q0", start, corpus.span("inv-0001/c0")["end"])
