"""A number is marked twice."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/n7")
    corpus.spans.append(span | {"id": "inv-0001/adjudicated/n70"})
