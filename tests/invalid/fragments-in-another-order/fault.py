"""The second fragment of a quote comes first."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/q1")["fragments"].reverse()
