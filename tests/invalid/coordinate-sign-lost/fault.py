"""A place in the east lies in the west."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("lakemouth").update(country_code="BE", longitude=-4.5)
