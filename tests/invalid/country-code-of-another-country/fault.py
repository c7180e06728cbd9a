"""A place has the country code of a namesake."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("lakemouth")["country_code"] = "AR"
