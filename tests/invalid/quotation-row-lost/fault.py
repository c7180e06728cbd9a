"""A quotation was not written."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived["quotations"].remove(corpus.derived_row("quotations", "inv-0001/q1"))
