"""The arrow that joins two fragments in Label Studio was taken for a relation."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relate("inv-0001", "q1", "continues", "q4")
