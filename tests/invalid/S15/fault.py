"""Words of an owner's text came back in."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("wn-9001/d1")["text"] = "visitors"
