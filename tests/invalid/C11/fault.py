"""A derived table still holds the sentence of an owner's text."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    row = corpus.derived_row("places", "wn-9001/l1")
    row["sentence"] = "A crane fell on a hall in Lakemouth on Sunday."
