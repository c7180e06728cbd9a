"""A latitude lies beyond the pole."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("port-alder")["latitude"] = 144.5
