"""A newspaper was filed among the places."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("alder-post")["kind"] = "location"
