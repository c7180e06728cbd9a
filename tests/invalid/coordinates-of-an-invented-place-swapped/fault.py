"""Latitude and longitude of a place in no real country changed places."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    place = corpus.entity("port-alder")
    place["latitude"], place["longitude"] = place["longitude"], place["latitude"]
