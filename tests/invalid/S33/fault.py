"""A count has a unit."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n4")["number"]["unit"] = "d"
