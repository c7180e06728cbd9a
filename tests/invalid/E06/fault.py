"""A longitude is counted eastwards only."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("port-alder")["longitude"] = 347.75
