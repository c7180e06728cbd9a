"""The time of an article was read in a zone five hours away."""

from datetime import timedelta

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["published"] += timedelta(hours=5)
