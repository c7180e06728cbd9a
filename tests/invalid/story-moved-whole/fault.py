"""A story was moved to another split with all that belongs to it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    for key in ("wn-9001", "ret-0001"):
        corpus.resplit(key, "validation")
