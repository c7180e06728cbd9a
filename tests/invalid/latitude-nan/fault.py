"""A latitude is not a number."""

import math

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("port-alder")["latitude"] = math.nan
