"""A quote has a speaker too many."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relate("inv-0001", "q1", "said_by", "a1")
