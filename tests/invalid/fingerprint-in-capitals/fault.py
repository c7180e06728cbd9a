"""A fingerprint is written in capitals."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    article = corpus.article("wn-9001")
    article["text_sha256"] = article["text_sha256"].upper()
