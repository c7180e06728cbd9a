"""A category is one of the model's, and wrong."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a4")["actor"]["type"] = "group"
