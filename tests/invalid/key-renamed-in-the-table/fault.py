"""A key was renamed in the table of entities and not in the mentions."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("norwick")["id"] = "norwick-town"
