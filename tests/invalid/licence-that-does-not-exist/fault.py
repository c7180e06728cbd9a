"""A licence has a number that was never given out."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["license"] = "CC-BY-9.9"
