"""A town of northern Europe is said to be in Algeria."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("lakemouth")["country_code"] = "DZ"
