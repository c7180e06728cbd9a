"""A draft was taken over with a region that has no label yet."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n7").update(layer=None, number=None)
