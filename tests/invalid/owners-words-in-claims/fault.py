"""The table of claims still holds an owner's noun."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived_row("claims", "wn-9001/n1")["counted"] = "visitors"
