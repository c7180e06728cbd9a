"""An actor is marked as a place too."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/a5")
    corpus.move("inv-0001/l3", span["start"], span["end"], region="l9")
