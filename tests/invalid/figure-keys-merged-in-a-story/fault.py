"""Two questions with one answer each share a key."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n5")["number"]["figure"] = "flood-killed"
