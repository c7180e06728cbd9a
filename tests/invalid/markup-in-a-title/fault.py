"""A title keeps its tags."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["title"] = "<b>Dockers strike</b>"
