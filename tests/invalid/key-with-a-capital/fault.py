"""A key is written with capitals in a mention."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a2")["actor"]["entity"] = "Ana-Duval"
