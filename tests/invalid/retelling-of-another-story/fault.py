"""A retelling got a story of its own."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("ret-0001")["story"] = "crane-again"
