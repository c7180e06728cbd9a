"""The kind of annotator is misspelt."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n5")["annotator_kind"] = "robot"
