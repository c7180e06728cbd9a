"""Latitude and longitude of a place far in the east changed places."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("port-alder").update(latitude=112.25, longitude=44.5)
