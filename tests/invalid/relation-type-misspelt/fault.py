"""The label of a relation is misspelt."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.remove(corpus.relation("inv-0001/q2.said_by.a3"))
    corpus.relate("inv-0001", "q2", "sayd_by", "a3")
