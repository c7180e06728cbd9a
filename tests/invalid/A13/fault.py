"""The headline of an owner's text came back in."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("wn-9001")["title"] = "Crane falls on hall"
