"""A relation leads to a span that is not there."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relate("inv-0001", "l4", "located_in", "l99")
