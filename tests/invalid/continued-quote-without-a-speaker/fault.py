"""The relations of a quote went when the editor merged its regions."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.remove(corpus.relation("inv-0001/q1.said_by.a2"))
