"""A span begins and ends one character late."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/d1")
    for place in (span, *span["fragments"]):
        place.update(start=place["start"] + 1, end=place["end"] + 1)
