"""What the source asserted is denied in the retelling."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("ret-0001/q1")["quote"]["polarity"] = "denied"
