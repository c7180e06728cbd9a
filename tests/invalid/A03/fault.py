"""The kind of author is misspelt."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0001")["author_kind"] = "modell"
