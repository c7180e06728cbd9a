"""The second report of a story has another key for it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0002")["story"] = "flood-aftermath"
