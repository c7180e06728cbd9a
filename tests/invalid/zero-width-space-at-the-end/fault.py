"""An invisible space ends the text."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.rewrite("inv-0001", corpus.article("inv-0001")["text"] + "\u200b")
