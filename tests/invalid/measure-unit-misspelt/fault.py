"""The unit of a distance is misspelt."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n12")["number"]["unit"] = "kmm"
