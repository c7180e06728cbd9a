"""A data frame wrote a word where an actor has no title."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a1")["actor"]["title"] = "nan"
