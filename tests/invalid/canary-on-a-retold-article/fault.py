"""A retold article carries the canary of the invented ones."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("ret-0001")["canary"] = corpus.article("inv-0001")["canary"]
