"""The word for nothing of a programming language stands where a place has no entity."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l3")["location"]["entity"] = "None"
