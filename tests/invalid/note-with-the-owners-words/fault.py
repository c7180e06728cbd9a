"""A remark repeats words of an owner's text."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("wn-9001/d1")["note"] = "at least five visitors were hurt"
