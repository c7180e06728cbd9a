"""A relation was drawn from the wrong end."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.remove(corpus.relation("inv-0001/q2.said_by.a3"))
    corpus.relate("inv-0001", "a3", "said_by", "q2")
