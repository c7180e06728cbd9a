"""Hours are counted as minutes."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0003/n1")["number"]["unit"] = "min"
