"""A country lies in one of its towns."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.remove(corpus.relation("inv-0001/l1.located_in.l2"))
    corpus.relate("inv-0001", "l2", "located_in", "l1")
