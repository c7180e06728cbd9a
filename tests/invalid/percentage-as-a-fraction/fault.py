"""A percentage is written as a fraction of one."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n11")["number"]["value"] = "0.6"
