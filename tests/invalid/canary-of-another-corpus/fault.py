"""An invented article carries a string that nobody will look for."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["canary"] = "a-canary-of-others"
