"""An arrow was drawn twice, and told apart by its id."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    relation = corpus.relation("inv-0001/l1.located_in.l2")
    corpus.relations.append(relation | {"id": f"{relation['id']}-2"})
