"""A place is linked and called unresolved."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l4")["location"]["unresolved"] = True
