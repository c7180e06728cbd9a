"""A stand-off article does not say where its text is found."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("wn-9001")["carrier"] = None
