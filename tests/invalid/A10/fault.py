"""A byte that could not be read became a replacement character."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.rewrite("inv-0001", corpus.article("inv-0001")["text"] + " The caf\ufffd is shut.")
