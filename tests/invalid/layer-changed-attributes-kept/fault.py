"""An actor was relabelled as a place."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a4")["layer"] = "location"
