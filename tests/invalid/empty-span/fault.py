"""A span ends where it begins."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/d1")
    for place in (span, *span["fragments"]):
        place["end"] = place["start"]
