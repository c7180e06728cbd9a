"""A retold number does not say where it is from."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("ret-0001/n1")["derived_from"] = None
