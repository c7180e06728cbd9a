"""The spans of a stand-off article all begin one character late."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.shift("wn-9001", lambda n: n + 1)
