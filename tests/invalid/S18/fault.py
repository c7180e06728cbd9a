"""A place crosses another."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/l4")
    corpus.move("inv-0001/l4", span["start"] - 5, span["start"] + 4, region="l9")
