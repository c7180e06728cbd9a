"""A retold quote is said to render one of an invented report."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("ret-0001/q1")["derived_from"] = "inv-0001/adjudicated/q1"
