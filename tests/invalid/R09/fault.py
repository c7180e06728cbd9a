"""A cue introduces two quotes."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.drop("inv-0001/c4")
    corpus.relate("inv-0001", "c3", "cue_of", "q4")
