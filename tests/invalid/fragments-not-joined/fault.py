"""The arrow between two fragments was lost, so that one quote became two."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/q1")
    first, second = span["fragments"]
    corpus.move("inv-0001/q1", second["start"], second["end"], region="q9")
    corpus.move("inv-0001/q1", first["start"], first["end"])
