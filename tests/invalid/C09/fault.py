"""A derived table has a row too many."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived["documents"]["train"] += 1
