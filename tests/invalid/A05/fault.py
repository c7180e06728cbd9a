"""The recorded SHA-256 is that of another text."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0001")["text_sha256"] = "0" * 64
