"""A stand-off article was built with its words."""

from validation.small_corpus import Corpus
from validation.small_documents import CRANE


def corrupt(corpus: Corpus) -> None:
    corpus.rewrite("wn-9001", CRANE)
    corpus.article("wn-9001")["title"] = "Crane falls on hall"
    corpus.reread("wn-9001")
