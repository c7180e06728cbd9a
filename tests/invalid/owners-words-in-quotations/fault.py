"""The table of quotations still holds an owner's words."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived_row("quotations", "wn-9001/q1")["text"] = "at least five visitors were hurt"
