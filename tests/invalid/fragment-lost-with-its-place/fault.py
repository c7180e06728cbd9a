"""A quote ends with its first fragment, and still has the words of both."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/q1")
    span["fragments"].pop()
    span["end"] = span["fragments"][0]["end"]
