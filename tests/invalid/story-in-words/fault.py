"""A story's key is written as words."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["story"] = "Dockers strike"
