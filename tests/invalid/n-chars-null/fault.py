"""The length of a text was not written."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0001")["n_chars"] = None
