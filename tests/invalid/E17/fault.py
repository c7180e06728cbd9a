"""Two places have one GeoNames id."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("strelia-land")["geonames"] = 900000001
