"""A quote was lost with its cue."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.drop("inv-0001/q4", "inv-0001/c4")
