"""A score is not a number."""

import math

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n7")["score"] = math.nan
