"""A person is marked as a group."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a2")["actor"]["type"] = "group"
