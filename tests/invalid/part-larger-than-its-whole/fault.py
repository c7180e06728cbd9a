"""Of fourteen dead, ninety were guards."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0001", "nine of them", "ninety of them")
    corpus.span("inv-0001/n5")["number"]["value"] = "90"
