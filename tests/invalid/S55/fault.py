"""A name that is marked at first is not marked later."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0003")["text"]
    corpus.rewrite("inv-0003", f"{text} Pavel Orsk will speak.")
