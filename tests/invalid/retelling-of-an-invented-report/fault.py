"""A retelling says that an invented report of another story is its source."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("ret-0001")["based_on"].append("inv-0003")
