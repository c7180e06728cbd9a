"""A category begins with a capital, as the labels in the editor do."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a4")["actor"]["type"] = "Person"
