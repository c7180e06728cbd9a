"""Accents stand as characters of their own."""

import unicodedata

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0001", "Strelsk", "Střelsk")
    text = corpus.article("inv-0001")["text"]
    corpus.rewrite("inv-0001", unicodedata.normalize("NFD", text))
