"""A relation is there twice."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.append(dict(corpus.relation("inv-0001/l1.located_in.l2")))
