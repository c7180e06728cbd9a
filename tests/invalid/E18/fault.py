"""Coordinates come from nowhere."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("port-alder")["gazetteer"] = None
