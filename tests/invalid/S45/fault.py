"""“Up to” was taken for “less than”."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0003/n2")["number"]["modifier"] = "less_than"
