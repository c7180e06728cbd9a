"""A comma between thousands was read as a decimal point."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0003", "Up to 300", "Up to 1,200")
    corpus.span("inv-0003/n2")["number"]["high"] = "1.2"
