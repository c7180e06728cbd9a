"""An annotator is named by a mail address."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n7")["annotator"] = "somebody@example.org"
