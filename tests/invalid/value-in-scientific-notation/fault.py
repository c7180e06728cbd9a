"""A value went through a floating-point number."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n7")["number"]["value"] = "2.5e+06"
