"""A paragraph's fingerprint is cut off."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("wn-9001")["paragraph_sha256"][0] = "0123456789abcdef"
