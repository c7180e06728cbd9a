"""A retold quote is said to render a number."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("ret-0001/q1")["derived_from"] = "wn-9001/adjudicated/n1"
