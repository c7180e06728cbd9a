"""A GeoNames id is what a failed look-up left."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("lakemouth")["geonames"] = 0
