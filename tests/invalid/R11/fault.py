"""The speaker of a quote is named and not joined to it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.remove(corpus.relation("inv-0001/q2.said_by.a3"))
