"""The text was annotated while its lines still ended in CRLF."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.shift("inv-0001", lambda n: n + text.count("\n", 0, n))
