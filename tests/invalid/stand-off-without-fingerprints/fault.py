"""A stand-off article has no fingerprint of any paragraph, so no copy can be aligned with it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("wn-9001")["paragraph_sha256"] = []
