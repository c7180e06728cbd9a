"""The retelling puts the mayor's words into the mouth of the police."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.remove(corpus.relation("ret-0001/q2.said_by.a2"))
    corpus.relate("ret-0001", "q2", "said_by", "a1")
