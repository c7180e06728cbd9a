"""A retold number is from a span that its source no longer has."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("ret-0001/n1")["derived_from"] = "wn-9001/adjudicated/n9"
