"""A country is given the type of its state."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("strelia-land")["type"] = "state"
