"""More than all of the quays were lost."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0001", "60%", "135%")
    corpus.span("inv-0001/n11")["number"]["value"] = "135"
