"""A quote is declined by its cue and asserted by its polarity."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0002/q2")["quote"]["polarity"] = "asserted"
