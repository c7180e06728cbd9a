"""A quote was lost, and its cue kept."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.drop("inv-0001/q4")
