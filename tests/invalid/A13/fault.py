"""The headline of an owner's text came back in, into one table."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derive()
    corpus.article("wn-9001")["title"] = "Crane falls on hall"
