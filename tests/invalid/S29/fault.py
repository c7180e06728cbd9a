"""A title is not the one that stands before the name."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a2")["actor"]["title"] = "Prime Minister"
