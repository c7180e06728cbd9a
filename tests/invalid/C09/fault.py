"""A derived table has a row too many."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived["documents"].append(dict(corpus.derived_row("documents", "inv-0002")))
