"""Latitude and longitude changed places."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    place = corpus.entity("lakemouth") | {"country_code": "BE"}
    latitude, longitude = place["longitude"], place["latitude"]
    corpus.entity("lakemouth").update(place, latitude=latitude, longitude=longitude)
