"""The fingerprint of the last paragraph was not written."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0001")["paragraph_sha256"].pop()
