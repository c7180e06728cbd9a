"""The second label of an arrow was lost, so a medium is no longer named."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.remove(corpus.relation("inv-0001/q3.via.a5"))
