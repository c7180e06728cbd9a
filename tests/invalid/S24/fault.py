"""A name has no entity."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a2")["actor"]["entity"] = None
