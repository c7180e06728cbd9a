"""A percentage has the key of a count."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0002/n2")["number"]["kind"] = "percent"
