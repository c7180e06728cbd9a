"""A retold number is one more than its source's."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("ret-0001", "Five or more", "Six or more")
    corpus.span("ret-0001/n1")["number"]["low"] = "6"
