"""A place without coordinates says how exact they are."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("norwick")["precision"] = "city"
