"""A quote that two officials said is called implicit."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/q3")["quote"]["speaker"] = "implicit"
