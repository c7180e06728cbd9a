"""A relation is of a type that the model does not know."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    relation = corpus.relation("inv-0001/l1.located_in.l2")
    relation.update(type="within", id="inv-0001/adjudicated/l1.within.l2")
