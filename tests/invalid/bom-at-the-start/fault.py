"""The text begins with a byte-order mark."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.rewrite("inv-0001", "\ufeff" + corpus.article("inv-0001")["text"])
