"""A retelling names a source that is not in the corpus."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("ret-0001")["based_on"].append("wn-9404")
