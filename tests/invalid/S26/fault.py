"""A literal place is neither linked nor unresolved."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l3")["location"]["unresolved"] = False
