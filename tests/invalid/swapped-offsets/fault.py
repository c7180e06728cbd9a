"""Start and end of a span changed places."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/n7")
    for place in (span, *span["fragments"]):
        place.update(start=place["end"], end=place["start"])
