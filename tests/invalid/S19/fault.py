"""A place is marked in two pieces."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/l4")
    start, end = span["start"], span["end"]
    span["fragments"] = [{"start": start, "end": start + 4}, {"start": start + 5, "end": end}]
    span["text"] = "Port … Alder"
