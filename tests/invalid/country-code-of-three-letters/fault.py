"""A country code has three letters."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("lakemouth")["country_code"] = "XXX"
