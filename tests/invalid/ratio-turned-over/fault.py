"""A quarter became four."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n8")["number"]["value"] = "4"
