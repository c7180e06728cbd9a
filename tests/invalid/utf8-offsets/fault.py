"""Offsets were counted in bytes of UTF-8."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.shift("inv-0001", lambda n: len(text[:n].encode("utf-8")))
