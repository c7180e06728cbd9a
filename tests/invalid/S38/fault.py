"""A ratio does not say of what kind of thing."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n8")["number"]["counted_class"] = None
