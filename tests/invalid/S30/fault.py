"""“At least” has no lower bound."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n1")["number"]["low"] = None
