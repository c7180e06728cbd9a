"""Coordinates lost their decimal points."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("port-alder").update(latitude=445.0, longitude=-1225.0)
