"""A pronoun is called a name."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0003/a2")["actor"]["mention"] = "name"
