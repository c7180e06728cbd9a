"""A relation's tail is no id of a span."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    relation = corpus.relate("inv-0001", "l4", "located_in", "l99")
    relation.update(tail="l99", id="inv-0001/adjudicated/l4.located_in.")
