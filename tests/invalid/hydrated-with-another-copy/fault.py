"""A stand-off article was given the words of another copy."""

from validation.small_corpus import Corpus
from validation.small_documents import CRANE


def corrupt(corpus: Corpus) -> None:
    article = corpus.article("wn-9001")
    article["text"] = CRANE.replace("Sunday", "Monday")
    corpus.reread("wn-9001")
