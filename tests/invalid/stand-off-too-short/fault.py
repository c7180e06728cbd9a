"""A stand-off article is said to be shorter than its spans reach."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("wn-9001")["n_chars"] = 50
