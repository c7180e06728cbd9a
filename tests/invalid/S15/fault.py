"""Words of an owner's text came back in, into one table."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derive()
    corpus.span("wn-9001/d1")["text"] = "visitors"
