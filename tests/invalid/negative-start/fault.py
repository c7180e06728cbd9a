"""A span begins before its text."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/l1")
    for place in (span, *span["fragments"]):
        place["start"] = -1
