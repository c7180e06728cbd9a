"""A quote is put into the mouth of another actor of the article."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relations.remove(corpus.relation("inv-0001/q1.said_by.a2"))
    corpus.relate("inv-0001", "q1", "said_by", "a1")
