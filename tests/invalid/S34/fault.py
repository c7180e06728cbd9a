"""Money is in a word."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0001", "€2.5 million", "2.5 million karvs")
    corpus.span("inv-0001/n7")["number"]["unit"] = "karv"
