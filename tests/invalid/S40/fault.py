"""A figure key of one story is used in another."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0003/n2")["number"]["figure"] = "flood-killed"
