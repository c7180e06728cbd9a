"""A direct quote is called mixed."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/q1")["quote"]["form"] = "mixed"
