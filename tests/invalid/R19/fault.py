"""The whole is said to be part of the part."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.remove(corpus.relation("inv-0001/n5.part_of.n4"))
    corpus.relate("inv-0001", "n4", "part_of", "n5")
