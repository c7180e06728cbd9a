"""A region was deleted, and the relation that reaches it stayed."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.spans.remove(corpus.span("inv-0001/a4"))
