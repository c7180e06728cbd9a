"""A place lies where a failed look-up puts it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("port-alder")["latitude"] = 0.0
    corpus.entity("port-alder")["longitude"] = 0.0
