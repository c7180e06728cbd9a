"""A relation's id does not say what it joins."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relation("inv-0001/l1.located_in.l2")["id"] = "inv-0001/adjudicated/l1.located_in.l3"
