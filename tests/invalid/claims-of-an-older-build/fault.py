"""A value was corrected, and the claims still have the old one."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derive()
    corpus.reword("inv-0001", "nine of them", "eight of them")
    corpus.span("inv-0001/n5")["number"]["value"] = "8"
