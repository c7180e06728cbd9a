"""A state lies in the country of its neighbour."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("strelia")["place"] = "ruritania-land"
