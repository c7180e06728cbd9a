"""Two officials without a name are called a named speaker."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/q3")["quote"]["speaker"] = "named"
