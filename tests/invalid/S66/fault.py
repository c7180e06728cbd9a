"""A measure has a word for its unit."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0001", "20 km", "20 leagues")
    corpus.span("inv-0001/n12")["number"]["unit"] = "league"
