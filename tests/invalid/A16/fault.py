"""A retelling does not say what it retells."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("ret-0001")["based_on"] = []
