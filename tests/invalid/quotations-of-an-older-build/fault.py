"""A speaker became several people, and the table of quotations still has the one."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derive()
    corpus.span("inv-0001/q4")["quote"]["speaker"] = "collective"
