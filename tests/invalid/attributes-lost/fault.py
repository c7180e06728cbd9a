"""The attributes stood before the label in the export, and were not read."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n4")["number"] = None
