"""A span's id names another article."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n7")["id"] = "inv-0002/adjudicated/n7"
