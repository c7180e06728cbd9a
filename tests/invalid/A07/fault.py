"""Paragraphs were recorded in another order."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0001")["paragraph_sha256"].reverse()
