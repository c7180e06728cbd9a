"""What a source denied, it is said to assert."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/q2")["quote"]["polarity"] = "asserted"
