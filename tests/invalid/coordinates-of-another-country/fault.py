"""A place has the coordinates of a namesake abroad."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("lakemouth").update(country_code="BE", latitude=-33.5, longitude=150.25)
