"""Two fragments became one, which takes in the cue and the speaker."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/q1")
    corpus.move("inv-0001/q1", span["start"], span["end"])
