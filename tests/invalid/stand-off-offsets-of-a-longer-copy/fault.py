"""The spans of a stand-off article were marked in a copy with another first line."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.shift("wn-9001", lambda n: n + 30)
