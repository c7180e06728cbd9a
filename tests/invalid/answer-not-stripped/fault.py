"""A value has the blanks that were typed around it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n9")["number"]["value"] = " 11 "
